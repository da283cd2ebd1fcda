import { CommitOutcomeUnknown, DependencyUnavailable, type Shop } from '@jumun/application';
import type { Result } from '@jumun/domain';
import { shelfProductJson, timeJson } from './representation.js';

/** What a promise of the shop can be refused with. */
type RefusalOf<Use> = Use extends (...args: never[]) => Promise<infer Outcome>
  ? Outcome extends Result<unknown, infer Refused>
    ? Refused
    : never
  : never;

/** Every refusal that any use case of the shop can return, taken from their types. */
type ShopRefusal = Exclude<{ [Name in keyof Shop]: RefusalOf<Shop[Name]> }[keyof Shop], never>;

/** One fault of a request: the field (or the parameter, or the header) and what is wrong with it. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What is refused, or goes wrong, before or around a use case. */
type EdgeRefusal =
  | { readonly code: 'VALIDATION_FAILED'; readonly errors: readonly FieldError[] }
  | { readonly code: 'METHOD_NOT_ALLOWED'; readonly allow: string }
  | { readonly code: 'PAYLOAD_TOO_LARGE'; readonly limit: number }
  | { readonly code: 'URI_TOO_LONG'; readonly limit: number }
  | { readonly code: 'RATE_LIMITED'; readonly policy: string; readonly limit: number }
  | { readonly code: 'UNAUTHENTICATED'; readonly challenge: string }
  | { readonly code: 'NOT_READY'; readonly down: readonly string[] }
  | {
      readonly code:
        | 'MALFORMED_JSON'
        | 'MALFORMED_REQUEST'
        | 'REQUEST_TIMEOUT'
        | 'HEADERS_TOO_LARGE'
        | 'UNSUPPORTED_MEDIA_TYPE'
        | 'ROUTE_NOT_FOUND'
        | 'FORBIDDEN'
        | 'DEPENDENCY_UNAVAILABLE'
        | 'OUTCOME_UNKNOWN'
        | 'INTERNAL_ERROR';
    };

export type Refusal = ShopRefusal | EdgeRefusal;
export type RefusalCode = Refusal['code'];

interface ProblemSpec<Code extends RefusalCode> {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** The code that is published, where it is another one. */
  readonly publishedAs?: RefusalCode;
  readonly members?: (refusal: Extract<Refusal, { code: Code }>) => object;
  readonly headers?: (
    refusal: Extract<Refusal, { code: Code }>,
  ) => Readonly<Record<string, string>>;
}

const retryAfter = (seconds: number) => () => ({ 'Retry-After': String(seconds) });

/** How each refusal is told. One that is missing here does not compile. */
const SPECS = {
  VALIDATION_FAILED: {
    status: 400,
    title: 'The request is not valid',
    detail: 'Some fields or parameters are missing, unknown or out of bounds; see errors.',
    members: ({ errors }) => ({ errors }),
  },
  MALFORMED_JSON: {
    status: 400,
    title: 'The body is not JSON',
    detail: 'The body could not be read as JSON in UTF-8.',
  },
  MALFORMED_REQUEST: {
    status: 400,
    title: 'The request is not HTTP',
    detail: 'The request could not be read as HTTP/1.1.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: 'The request took too long to arrive',
    detail: 'The request was not complete in time.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: 'The header fields are too large',
    detail: 'The request line and the header fields together are too large.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The body is of an unsupported type',
    detail: 'Send application/json in UTF-8, without a content encoding.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    detail: 'The body is larger than the limit, in bytes.',
    members: ({ limit }) => ({ limit }),
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    title: 'No such route',
    detail: 'There is nothing at this path.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'The method is not allowed here',
    detail: 'This path answers to other methods; see the header Allow.',
    headers: ({ allow }) => ({ Allow: allow }),
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'Authentication is needed',
    detail: 'This needs a valid bearer token in the header Authorization.',
    headers: ({ challenge }) => ({ 'WWW-Authenticate': challenge }),
  },
  FORBIDDEN: {
    status: 403,
    title: 'You may not do this',
    detail: 'This needs the role operator.',
  },
  NOT_READY: {
    status: 503,
    title: 'Not ready',
    detail: 'Something this service needs is down, or it is stopping; see down.',
    members: ({ down }) => ({ down }),
    headers: retryAfter(1),
  },
  URI_TOO_LONG: {
    status: 414,
    title: 'The URL is too long',
    detail: 'Path and query together are longer than the limit, in characters.',
    members: ({ limit }) => ({ limit }),
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests',
    detail: 'There were more requests than the policy allows. Nothing was done; try again later.',
    members: ({ policy, limit }) => ({ policy, limit }),
    headers: retryAfter(1),
  },
  SERVICE_BUSY: {
    status: 503,
    title: 'Too busy',
    detail: 'More requests are waiting than can be served soon. Nothing was done; try again.',
    headers: retryAfter(1),
  },
  DEPENDENCY_UNAVAILABLE: {
    status: 503,
    title: 'Something this service needs is away',
    detail: 'Something this service needs does not answer. Nothing was half done; try again.',
    headers: retryAfter(5),
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    title: 'The outcome is not known',
    detail:
      'The connection broke while the work was being saved: it may or may not be done. ' +
      'Retry with the same Idempotency-Key to learn which, without doing it twice.',
    headers: retryAfter(1),
  },
  INTERNAL_ERROR: {
    status: 500,
    title: 'Something went wrong here',
    detail: 'It is our fault, not yours. It was logged under this requestId.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: 'The idempotency key was used for another request',
    detail: 'Send a fresh Idempotency-Key for every new request.',
  },

  INVALID_AMOUNT: {
    status: 400,
    title: 'Not an amount that can be charged',
    detail: 'A charge is a whole number of won between min and max.',
    members: ({ min, max }) => ({ min, max }),
  },
  BALANCE_LIMIT_EXCEEDED: {
    status: 400,
    title: 'The wallet would hold too much',
    detail: 'The charge would lift the balance above the limit.',
    members: ({ balance, limit }) => ({ balance, limit }),
  },
  INSUFFICIENT_BALANCE: {
    status: 400,
    title: 'The wallet holds too little',
    detail: 'The balance is less than what is required. Charge the wallet and try again.',
    members: ({ balance, required }) => ({ balance, required }),
  },

  PRODUCT_NOT_FOUND: {
    status: 404,
    title: 'No such product',
    detail: 'There is no product with this id.',
    members: ({ productId }) => ({ productId }),
  },
  REVIEW_NOT_ALLOWED: {
    status: 403,
    title: 'You may not do this',
    detail: 'Only who has a completed order with this product may review it.',
    publishedAs: 'FORBIDDEN',
    members: ({ productId }) => ({ productId }),
  },
  REVIEW_ALREADY_WRITTEN: {
    status: 409,
    title: 'Already reviewed',
    detail: 'A customer reviews a product once, and you have.',
    members: ({ productId }) => ({ productId }),
  },
  STOCK_LIMIT_EXCEEDED: {
    status: 409,
    title: 'The shelf would hold too much',
    detail: 'The pieces on hand and those to be added are more than the limit.',
    members: ({ productId, onHand, limit }) => ({ productId, onHand, limit }),
  },

  OUT_OF_STOCK: {
    status: 400,
    title: 'Out of stock',
    detail: 'Fewer pieces are free than were ordered; see items. Others may do; see alternatives.',
    members: ({ items, alternatives }) => ({
      items: items.map(({ productId, requested, available }) => ({
        productId,
        requested,
        available,
      })),
      alternatives: alternatives.map(shelfProductJson),
    }),
  },
  ORDER_NOT_FOUND: {
    status: 404,
    title: 'No such order',
    detail: 'You have no order with this id.',
    members: ({ orderId }) => ({ orderId }),
  },
  ORDER_NOT_PAYABLE: {
    status: 409,
    title: 'The order cannot be paid',
    detail: 'The order is no longer pending; see orderStatus.',
    members: ({ orderStatus }) => ({ orderStatus }),
  },
  ORDER_NOT_CANCELLABLE: {
    status: 409,
    title: 'The order cannot be cancelled',
    detail: 'The order is over already; see orderStatus.',
    members: ({ orderStatus }) => ({ orderStatus }),
  },
  AMOUNT_MISMATCH: {
    status: 409,
    title: "Not the order's total",
    detail: "The amount is not the order's total, which is required.",
    members: ({ required }) => ({ required }),
  },

  COUPON_NOT_FOUND: {
    status: 404,
    title: 'No such coupon',
    detail: 'You have no coupon with this id.',
    members: ({ couponId }) => ({ couponId }),
  },
  COUPON_NOT_USABLE: {
    status: 409,
    title: 'The coupon cannot be used',
    detail: 'The coupon is used, held by another order, or expired; see couponStatus.',
    members: ({ couponStatus }) => ({ couponStatus }),
  },
  COUPON_CAMPAIGN_NOT_FOUND: {
    status: 404,
    title: 'No such coupon campaign',
    detail: 'There is no coupon campaign with this id.',
    members: ({ campaignId }) => ({ couponCampaignId: campaignId }),
  },
  COUPON_CAMPAIGN_NOT_ACTIVE: {
    status: 409,
    title: 'The campaign is not running',
    detail: 'The campaign runs from startsAt until just before endsAt.',
    members: ({ startsAt, endsAt }) => ({ startsAt: timeJson(startsAt), endsAt: timeJson(endsAt) }),
  },
  COUPON_EXHAUSTED: {
    status: 409,
    title: 'All coupons are taken',
    detail: 'The campaign has no coupon left. Others may be running.',
  },
  COUPON_ALREADY_ISSUED: {
    status: 409,
    title: 'You have one already',
    detail: 'A campaign gives each customer one coupon, and you have yours.',
  },
  CAMPAIGN_LIMIT_EXCEEDED: {
    status: 409,
    title: 'The campaign would be too large',
    detail: "The campaign's coupons and those to be added are more than the limit.",
    members: ({ totalQuantity, limit }) => ({ totalQuantity, limit }),
  },
} satisfies { readonly [Code in RefusalCode]: ProblemSpec<Code> };

type Specs = typeof SPECS;

/** The members that the problem of a refusal has beyond those of every problem; never where it has none. */
export type ProblemMembers<Code extends RefusalCode> = Specs[Code] extends {
  readonly members: (...refusal: never[]) => infer Members;
}
  ? Members
  : never;

/** How the document of the API tells the refusal: what is published, and the headers that come with it. */
export function tellingOf(code: RefusalCode): PublishedProblem & {
  readonly headers: readonly string[];
} {
  const { status, title, detail, publishedAs, headers }: ProblemSpec<never> = SPECS[code];
  // Their names are the same whatever is in the refusal.
  const names = Object.keys(headers?.({} as never) ?? {});
  return { code: publishedAs ?? code, status, title, detail, headers: names };
}

/** A problem as the docs tell it. */
export interface PublishedProblem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/** Every problem that is published; each has a page in docs/problems. */
export const PROBLEMS: readonly PublishedProblem[] = Object.entries<ProblemSpec<never>>(
  SPECS,
).flatMap(([code, { status, title, detail, publishedAs }]) =>
  publishedAs === undefined ? { code, status, title, detail } : [],
);

export const problemPath = (code: string): string => `/docs/problems/${code}`;

/** An RFC 9457 problem, ready to be sent as `application/problem+json`. */
export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** Tells a refusal to the caller. `instance` is the path that was asked for. */
export function problemOf(
  refusal: Refusal,
  { instance, requestId }: { readonly instance: string; readonly requestId: string },
): Problem {
  // The table is keyed by the refusal's own code, so spec and refusal fit; TypeScript cannot correlate the two.
  const spec = SPECS[refusal.code] as unknown as ProblemSpec<RefusalCode>;
  const { status, title, detail } = spec;
  const code = spec.publishedAs ?? refusal.code;
  return {
    status,
    headers: { ...spec.headers?.(refusal), 'Content-Type': 'application/problem+json' },
    body: {
      type: problemPath(code),
      title,
      status,
      detail,
      instance,
      code,
      requestId,
      ...spec.members?.(refusal),
    },
  };
}

/** What a caller is told of a fault: nothing but whether, and how, to try again. */
export function refusalOf(fault: unknown): Refusal {
  if (fault instanceof DependencyUnavailable) return { code: 'DEPENDENCY_UNAVAILABLE' };
  if (fault instanceof CommitOutcomeUnknown) return { code: 'OUTCOME_UNKNOWN' };
  return { code: 'INTERNAL_ERROR' };
}
