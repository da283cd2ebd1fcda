import { describe, expect, it } from '@jest/globals';
import type {
  AmountMismatch,
  BalanceLimitExceeded,
  CampaignLimitExceeded,
  CouponAlreadyIssued,
  CouponCampaignNotActive,
  CouponExhausted,
  CouponNotUsable,
  InsufficientBalance,
  InvalidAmount,
  OrderNotCancellable,
  OrderNotPayable,
  ProductNotFound,
  Result,
  StockLimitExceeded,
} from '@jumun/domain';
import type {
  Answered,
  CouponCampaignNotFound,
  CouponNotFound,
  IdempotencyKeyReused,
  OrderNotFound,
  OutOfStockOffer,
  PaymentView,
  ReviewAlreadyWritten,
  ReviewNotAllowed,
  ServiceBusy,
  Shop,
} from './index.js';

// The compiler is what tests here: a line that is wrong does not build. See docs/versioning.md for what a change means.

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Compiles only where `A` and `B` are one type. */
const expectSame = <A, B>(same: Same<A, B>): void => expect(same).toBe(true);

type Outcome<Name extends keyof Shop> = Shop[Name] extends (
  ...given: never[]
) => Promise<Result<infer Answer, infer Refused>>
  ? { readonly answer: Answer; readonly refused: Refused }
  : never;
type RefusalOf<Name extends keyof Shop> = Exclude<
  Outcome<Name>['refused'],
  IdempotencyKeyReused | ServiceBusy
>;

describe('A command of the shop', () => {
  it('can be refused as busy, or for its key, whatever it is', () => {
    type Any = Outcome<'chargeWallet' | 'placeOrder' | 'payOrder' | 'cancelOrder'>['refused'];
    expectSame<
      Extract<Any, IdempotencyKeyReused | ServiceBusy>,
      IdempotencyKeyReused | ServiceBusy
    >(true);
  });

  it('is refused, about orders and money, as', () => {
    expectSame<RefusalOf<'chargeWallet'>, InvalidAmount | BalanceLimitExceeded>(true);
    expectSame<
      RefusalOf<'placeOrder'>,
      CouponNotFound | ProductNotFound | CouponNotUsable | OutOfStockOffer | InsufficientBalance
    >(true);
    expectSame<
      RefusalOf<'payOrder'>,
      OrderNotFound | OrderNotPayable | AmountMismatch | InsufficientBalance
    >(true);
    expectSame<RefusalOf<'cancelOrder'>, OrderNotFound | OrderNotCancellable>(true);
  });

  it('is refused, about coupons and the catalogue, as', () => {
    expectSame<
      RefusalOf<'issueCoupon'>,
      CouponCampaignNotFound | CouponCampaignNotActive | CouponExhausted | CouponAlreadyIssued
    >(true);
    expectSame<RefusalOf<'growCampaign'>, CouponCampaignNotFound | CampaignLimitExceeded>(true);
    expectSame<RefusalOf<'endCampaign'>, CouponCampaignNotFound | CouponCampaignNotActive>(true);
    expectSame<RefusalOf<'restockProduct'>, ProductNotFound | StockLimitExceeded>(true);
    expectSame<RefusalOf<'writeReview'>, ProductNotFound | ReviewNotAllowed | ReviewAlreadyWritten>(
      true,
    );
  });

  it('answers what was done, and whether that was before', () => {
    expectSame<Outcome<'payOrder'>['answer'], Answered<PaymentView>>(true);
  });
});
