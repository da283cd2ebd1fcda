import type { Hindrance, Refusal, RefusalCode } from '../../api/answer.js';
import { type Language, language } from '../../shell/language.js';
import { formatMoment, formatWon } from '../../ui/format.js';

/** Words for every code; one that is missing does not compile. */
type Words = {
  readonly [Code in RefusalCode]: (refusal: Extract<Refusal, { readonly code: Code }>) => string;
};

const won = (amount: number, tongue: Language) => formatWon(amount, tongue);
const moment = (at: string, tongue: Language) => formatMoment(at, tongue);

const OUR_FAULT_KO = () => '저희 쪽에 문제가 생겼습니다. 잠시 뒤에 다시 시도해 주세요.';
const OUR_FAULT_EN = () => 'Something went wrong on our side. Please try again in a moment.';

const ORDER_STATUS_KO = {
  PENDING: '결제를 기다리는 중입니다',
  COMPLETED: '이미 결제되었습니다',
  CANCELLED: '이미 취소되었습니다',
  EXPIRED: '결제 시간이 지났습니다',
} as const;
const ORDER_STATUS_EN = {
  PENDING: 'is waiting for payment',
  COMPLETED: 'is paid already',
  CANCELLED: 'is cancelled already',
  EXPIRED: 'was held for as long as it could be, and is no longer',
} as const;

const COUPON_STATUS_KO = {
  AVAILABLE: '지금은 쓸 수 없는 쿠폰입니다',
  RESERVED: '다른 주문에 사용 중인 쿠폰입니다',
  USED: '이미 사용한 쿠폰입니다',
  EXPIRED: '기간이 지난 쿠폰입니다',
} as const;
const COUPON_STATUS_EN = {
  AVAILABLE: 'This coupon cannot be used now',
  RESERVED: 'Another order of yours holds this coupon',
  USED: 'You have used this coupon already',
  EXPIRED: 'This coupon has expired',
} as const;

const KO: Words = {
  OUT_OF_STOCK: () => '그사이 재고가 부족해졌습니다. 바꾸거나 빼고 다시 주문할 수 있습니다.',
  INSUFFICIENT_BALANCE: ({ balance, required }) =>
    `잔액이 ${won(required - balance, 'ko')} 부족합니다. 지금 ${won(balance, 'ko')}이 있습니다.`,
  INVALID_AMOUNT: ({ min, max }) =>
    `한 번에 ${won(min, 'ko')}부터 ${won(max, 'ko')}까지 충전할 수 있습니다.`,
  BALANCE_LIMIT_EXCEEDED: ({ balance, limit }) =>
    `지갑에는 ${won(limit, 'ko')}까지 담을 수 있습니다. 지금 ${won(balance, 'ko')}이 있습니다.`,
  COUPON_EXHAUSTED: () => '준비한 쿠폰이 모두 소진되었습니다.',
  COUPON_ALREADY_ISSUED: () => '이미 받은 쿠폰입니다. 한 사람이 하나씩 받을 수 있습니다.',
  COUPON_CAMPAIGN_NOT_ACTIVE: ({ startsAt, endsAt }) =>
    `${moment(startsAt, 'ko')}부터 ${moment(endsAt, 'ko')}까지 받을 수 있는 쿠폰입니다.`,
  COUPON_NOT_USABLE: ({ couponStatus }) => `${COUPON_STATUS_KO[couponStatus]}.`,
  COUPON_NOT_FOUND: () => '그런 쿠폰을 가지고 있지 않습니다.',
  COUPON_CAMPAIGN_NOT_FOUND: () => '그런 쿠폰 이벤트가 없습니다.',
  PRODUCT_NOT_FOUND: () => '더 이상 판매하지 않는 상품입니다.',
  ORDER_NOT_FOUND: () => '그런 주문이 없습니다.',
  ORDER_NOT_PAYABLE: ({ orderStatus }) =>
    `결제할 수 없는 주문입니다: ${ORDER_STATUS_KO[orderStatus]}.`,
  ORDER_NOT_CANCELLABLE: ({ orderStatus }) =>
    `취소할 수 없는 주문입니다: ${ORDER_STATUS_KO[orderStatus]}.`,
  AMOUNT_MISMATCH: ({ required }) => `이 주문의 금액은 ${won(required, 'ko')}입니다.`,
  REVIEW_ALREADY_WRITTEN: () => '이 상품에는 이미 후기를 남기셨습니다.',
  UNAUTHENTICATED: () => '로그인이 필요합니다.',
  FORBIDDEN: () => '이 일을 할 수 있는 권한이 없습니다.',
  VALIDATION_FAILED: ({ errors }) =>
    `입력을 확인해 주세요: ${errors.map(({ path }) => path).join(', ')}`,
  IDEMPOTENCY_KEY_REUSED: () => '이미 다른 요청에 쓴 번호입니다. 한 번 더 시도해 주세요.',
  STOCK_LIMIT_EXCEEDED: ({ limit }) => `재고는 ${limit}개까지 둘 수 있습니다.`,
  CAMPAIGN_LIMIT_EXCEEDED: ({ limit }) => `쿠폰은 ${limit}장까지 준비할 수 있습니다.`,
  GIVEN_UP: ({ mayBeDone }) =>
    mayBeDone
      ? '기다리기를 그만두었습니다. 처리되었는지는 아직 모릅니다. 다시 시도해도 두 번 처리되지 않습니다.'
      : '기다리기를 그만두었습니다. 처리된 것은 없습니다.',
  UNREADABLE_ANSWER: () =>
    '쇼핑몰이 아닌 곳에서 응답했습니다. 네트워크 연결을 확인하고 다시 시도해 주세요.',
  ROUTE_NOT_FOUND: () => '쇼핑몰이 모르는 요청입니다. 페이지를 새로고침해 주세요.',
  METHOD_NOT_ALLOWED: () => '쇼핑몰이 모르는 요청입니다. 페이지를 새로고침해 주세요.',
  MALFORMED_JSON: OUR_FAULT_KO,
  MALFORMED_REQUEST: OUR_FAULT_KO,
  HEADERS_TOO_LARGE: OUR_FAULT_KO,
  UNSUPPORTED_MEDIA_TYPE: OUR_FAULT_KO,
  PAYLOAD_TOO_LARGE: () => '한 번에 보내기에는 너무 깁니다.',
  URI_TOO_LONG: () => '검색어가 너무 깁니다.',
  INTERNAL_ERROR: OUR_FAULT_KO,
};

const EN: Words = {
  OUT_OF_STOCK: () => 'Fewer pieces are left than you want. Swap or remove them, and order again.',
  INSUFFICIENT_BALANCE: ({ balance, required }) =>
    `You are ${won(required - balance, 'en')} short: your wallet holds ${won(balance, 'en')}.`,
  INVALID_AMOUNT: ({ min, max }) =>
    `You can charge ${won(min, 'en')} to ${won(max, 'en')} at a time.`,
  BALANCE_LIMIT_EXCEEDED: ({ balance, limit }) =>
    `A wallet holds up to ${won(limit, 'en')}; yours has ${won(balance, 'en')}.`,
  COUPON_EXHAUSTED: () => 'All coupons of this campaign are taken.',
  COUPON_ALREADY_ISSUED: () => 'You have this coupon already: it is one for each customer.',
  COUPON_CAMPAIGN_NOT_ACTIVE: ({ startsAt, endsAt }) =>
    `This coupon is given out from ${moment(startsAt, 'en')} to ${moment(endsAt, 'en')}.`,
  COUPON_NOT_USABLE: ({ couponStatus }) => `${COUPON_STATUS_EN[couponStatus]}.`,
  COUPON_NOT_FOUND: () => 'You have no such coupon.',
  COUPON_CAMPAIGN_NOT_FOUND: () => 'There is no such coupon campaign.',
  PRODUCT_NOT_FOUND: () => 'This product is no longer sold.',
  ORDER_NOT_FOUND: () => 'You have no such order.',
  ORDER_NOT_PAYABLE: ({ orderStatus }) =>
    `This order cannot be paid: it ${ORDER_STATUS_EN[orderStatus]}.`,
  ORDER_NOT_CANCELLABLE: ({ orderStatus }) =>
    `This order cannot be cancelled: it ${ORDER_STATUS_EN[orderStatus]}.`,
  AMOUNT_MISMATCH: ({ required }) => `This order costs ${won(required, 'en')}.`,
  REVIEW_ALREADY_WRITTEN: () => 'You have reviewed this product already.',
  UNAUTHENTICATED: () => 'Please sign in.',
  FORBIDDEN: () => 'You may not do this.',
  VALIDATION_FAILED: ({ errors }) =>
    `Please check what you entered: ${errors.map(({ path }) => path).join(', ')}`,
  IDEMPOTENCY_KEY_REUSED: () => 'Another request had this number. Please try once more.',
  STOCK_LIMIT_EXCEEDED: ({ limit }) => `A shelf holds up to ${limit} pieces.`,
  CAMPAIGN_LIMIT_EXCEEDED: ({ limit }) => `A campaign has up to ${limit} coupons.`,
  GIVEN_UP: ({ mayBeDone }) =>
    mayBeDone
      ? 'You stopped waiting. We do not know whether it was done; trying again does not do it twice.'
      : 'You stopped waiting. Nothing was done.',
  UNREADABLE_ANSWER: () =>
    'Something that is not the shop has answered. Please check your network and try again.',
  ROUTE_NOT_FOUND: () => 'The shop does not know this request. Please reload the page.',
  METHOD_NOT_ALLOWED: () => 'The shop does not know this request. Please reload the page.',
  MALFORMED_JSON: OUR_FAULT_EN,
  MALFORMED_REQUEST: OUR_FAULT_EN,
  HEADERS_TOO_LARGE: OUR_FAULT_EN,
  UNSUPPORTED_MEDIA_TYPE: OUR_FAULT_EN,
  PAYLOAD_TOO_LARGE: () => 'This is too long to be sent at once.',
  URI_TOO_LONG: () => 'You search for something too long.',
  INTERNAL_ERROR: OUR_FAULT_EN,
};

/** All of them, by language. */
export const WORDS: Readonly<Record<Language, Words>> = { ko: KO, en: EN };

/** Why something was refused, as a sentence for the person. Ask while rendering: it follows the language. */
export function problemText(refusal: Refusal, tongue: Language = language.value): string {
  // A newer server may refuse with a code that this page does not know.
  const word = WORDS[tongue][refusal.code] as ((told: Refusal) => string) | undefined;
  return (word ?? WORDS[tongue].INTERNAL_ERROR)(refusal as never);
}

const HINDRANCES: Readonly<Record<Language, Readonly<Record<Hindrance, string>>>> = {
  ko: {
    RATE_LIMITED: '요청이 너무 잦아 잠시 쉬고 있습니다.',
    SERVICE_BUSY: '지금 주문하는 분이 아주 많습니다. 차례를 기다리고 있습니다.',
    DEPENDENCY_UNAVAILABLE: '쇼핑몰의 일부가 잠시 멈췄습니다. 돌아오기를 기다리고 있습니다.',
    OUTCOME_UNKNOWN: '처리되었는지 확인하고 있습니다. 두 번 처리되지는 않습니다.',
    NOT_READY: '쇼핑몰이 준비되기를 기다리고 있습니다.',
    REQUEST_TIMEOUT: '요청이 늦게 도착해 다시 보내려고 합니다.',
    CONNECTION_LOST: '연결이 끊겼습니다. 이어지는 대로 계속합니다. 두 번 처리되지는 않습니다.',
  },
  en: {
    RATE_LIMITED: 'There were too many requests; we pause for a moment.',
    SERVICE_BUSY: 'Very many people are ordering now. We wait for your turn.',
    DEPENDENCY_UNAVAILABLE: 'A part of the shop is away. We wait until it is back.',
    OUTCOME_UNKNOWN: 'We find out whether it was done. It is not done twice.',
    NOT_READY: 'We wait until the shop is ready.',
    REQUEST_TIMEOUT: 'The request arrived too late; we send it again.',
    CONNECTION_LOST: 'The connection is lost. We go on when it is back, and nothing is done twice.',
  },
};

/** Why it takes long, as a sentence for the person who waits. */
export const hindranceText = (hindrance: Hindrance, tongue: Language = language.value): string =>
  HINDRANCES[tongue][hindrance];
