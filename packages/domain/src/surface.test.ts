import { describe, expect, it } from '@jest/globals';
import {
  type AmountMismatch,
  type BalanceLimitExceeded,
  type Basket,
  type CampaignLimitExceeded,
  type Coupon,
  type CouponAlreadyIssued,
  type CouponCampaign,
  type CouponCampaignNotActive,
  type CouponExhausted,
  type CouponNotUsable,
  type CouponStatus,
  type InsufficientBalance,
  type InvalidAmount,
  type InvalidBasket,
  type Money,
  type Order,
  type OrderCancelled,
  type OrderCompleted,
  type OrderEvent,
  type OrderExpired,
  type OrderId,
  orderId,
  type OrderNotCancellable,
  type OrderNotDue,
  type OrderNotPayable,
  type OrderPlaced,
  type OrderStatus,
  type OutOfStock,
  percent,
  pieces,
  type ProductId,
  productId,
  type ProductNotFound,
  type Quantity,
  type Result,
  Stock,
  type StockLimitExceeded,
  type Wallet,
  won,
} from './index.js';

// The compiler is what tests here: a line that is wrong does not build. See docs/versioning.md for what a change means.

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Compiles only where `A` and `B` are one type. */
const expectSame = <A, B>(same: Same<A, B>): void => expect(same).toBe(true);

type RefusalOf<Decision> = Decision extends (...given: never[]) => Result<unknown, infer Refused>
  ? Refused
  : never;
type EventOf<Decision> = Decision extends (
  ...given: never[]
) => Result<{ readonly event: infer Event }, unknown>
  ? Event
  : never;

describe('A decision can be refused as', () => {
  it('Basket: what no order may be', () => {
    expectSame<RefusalOf<typeof Basket.of>, InvalidBasket>(true);
  });

  it('Stock: too few, too many, or not at all', () => {
    expectSame<RefusalOf<Stock['reserve']>, OutOfStock>(true);
    expectSame<RefusalOf<Stock['restock']>, StockLimitExceeded>(true);
    expectSame<ReturnType<Stock['post' | 'void' | 'takeBack']>, Stock>(true);
  });

  it('Wallet: by the amount, the limit or the balance; a refund never', () => {
    expectSame<RefusalOf<Wallet['charge']>, InvalidAmount | BalanceLimitExceeded>(true);
    expectSame<RefusalOf<Wallet['afford'] | Wallet['pay']>, InsufficientBalance>(true);
    expectSame<Extract<ReturnType<Wallet['refund']>, { isErr: unknown }>, never>(true);
  });

  it('Coupon and campaign', () => {
    expectSame<RefusalOf<Coupon['reserve']>, CouponNotUsable>(true);
    expectSame<
      RefusalOf<CouponCampaign['issue']>,
      CouponCampaignNotActive | CouponExhausted | CouponAlreadyIssued
    >(true);
    expectSame<RefusalOf<CouponCampaign['grow']>, CampaignLimitExceeded>(true);
  });

  it('Order: by the catalogue, its status or the amount', () => {
    expectSame<RefusalOf<typeof Order.place>, ProductNotFound>(true);
    expectSame<RefusalOf<Order['pay']>, OrderNotPayable | AmountMismatch>(true);
    expectSame<RefusalOf<Order['cancel']>, OrderNotCancellable>(true);
    expectSame<RefusalOf<Order['expire']>, OrderNotDue>(true);
  });
});

describe('What happens to an order', () => {
  it('is told by one event for each decision, and there is no other', () => {
    expectSame<EventOf<typeof Order.place>, OrderPlaced>(true);
    expectSame<EventOf<Order['pay']>, OrderCompleted>(true);
    expectSame<EventOf<Order['cancel']>, OrderCancelled>(true);
    expectSame<EventOf<Order['expire']>, OrderExpired>(true);
    expectSame<OrderEvent, OrderPlaced | OrderCompleted | OrderCancelled | OrderExpired>(true);
  });

  it('has these statuses, each told by name', () => {
    expectSame<OrderStatus, 'PENDING' | 'COMPLETED' | 'CANCELLED' | 'EXPIRED'>(true);
    expectSame<CouponStatus, 'AVAILABLE' | 'RESERVED' | 'USED' | 'EXPIRED'>(true);
    expectSame<OrderNotPayable['orderStatus'], 'COMPLETED' | 'CANCELLED' | 'EXPIRED'>(true);
    expectSame<OrderNotCancellable['orderStatus'], 'CANCELLED' | 'EXPIRED'>(true);
  });
});

describe('A branded value', () => {
  it('is not taken for another one, nor is a plain number taken for it', () => {
    expectSame<OrderId extends ProductId ? true : false, false>(true);
    expectSame<Money extends Quantity ? true : false, false>(true);
    expectSame<number extends Money ? true : false, false>(true);
    expectSame<Money extends number ? true : false, true>(true);
    const stock = Stock.open(productId(101), 5);
    // @ts-expect-error: an order's id is not a product's.
    expect(() => Stock.open(orderId(1), 5)).not.toThrow();
    // @ts-expect-error: a number is not a quantity until `pieces` has looked at it.
    expect(stock.reserve(1).isOk()).toBe(true);
    // @ts-expect-error: won are not pieces.
    expect(stock.reserve(won(1)).isOk()).toBe(true);
    // @ts-expect-error: a rate is not an amount.
    expect(stock.reserve(percent(1)).isOk()).toBe(true);
    expect(stock.reserve(pieces(1)).isOk()).toBe(true);
  });
});

describe('A switch over the refusals of a decision', () => {
  const explain = (refusal: RefusalOf<Order['pay']>): string => {
    switch (refusal.code) {
      case 'ORDER_NOT_PAYABLE':
        return `it is ${refusal.orderStatus}`;
      case 'AMOUNT_MISMATCH':
        return `it costs ${refusal.required}`;
    }
  };

  it('is complete without a default', () => {
    expect(explain({ code: 'AMOUNT_MISMATCH', orderId: orderId(1), required: won(5) })).toBe(
      'it costs 5',
    );
  });

  it('does not compile when one is forgotten', () => {
    // @ts-expect-error: AMOUNT_MISMATCH has no status.
    const statuses: Record<RefusalOf<Order['pay']>['code'], number> = { ORDER_NOT_PAYABLE: 409 };
    expect(Object.keys(statuses)).toEqual(['ORDER_NOT_PAYABLE']);
  });
});
