import { describe, expect, it } from '@jest/globals';
import { type Arbitrary, sample } from 'fast-check';
import { MAX_BALANCE } from '../index.js';
import {
  anyBasket,
  anyCouponCampaign,
  anyCouponSnapshot,
  anyInstantNear,
  anyOrder,
  anyOrderSnapshot,
  anyProductId,
  anyProducts,
  anyStock,
  anyWalletSnapshot,
} from './arbitraries.js';
import { NOON } from './builders.js';

/** Many values, the same ones each time. */
const many = <Value>(arbitrary: Arbitrary<Value>): readonly Value[] =>
  sample(arbitrary, { numRuns: 300, seed: 1 });

const kinds = (values: readonly unknown[]): ReadonlySet<unknown> => new Set(values);

describe('Arbitraries', () => {
  it('reach orders of every status, with and without a coupon', () => {
    const orders = many(anyOrderSnapshot());
    expect(kinds(orders.map(({ status }) => status))).toEqual(
      kinds(['PENDING', 'COMPLETED', 'CANCELLED', 'EXPIRED']),
    );
    expect(kinds(orders.map(({ couponId }) => couponId === null))).toEqual(kinds([true, false]));
    expect(kinds(orders.map(({ lines }) => lines.length))).toEqual(kinds([1, 2, 3, 4, 5]));
  });

  it('reach cancelled orders that had been paid, and others', () => {
    const payments = many(anyOrderSnapshot('CANCELLED')).map((order) =>
      order.status === 'CANCELLED' ? order.payment === null : 'another status',
    );
    expect(kinds(payments)).toEqual(kinds([true, false]));
  });

  it('make orders of the statuses that were asked for, and no others', () => {
    const orders = many(anyOrder('PENDING', 'EXPIRED'));
    expect(kinds(orders.map((order) => order.toSnapshot().status))).toEqual(
      kinds(['PENDING', 'EXPIRED']),
    );
  });

  it('reach coupons of every status', () => {
    expect(kinds(many(anyCouponSnapshot()).map(({ status }) => status))).toEqual(
      kinds(['AVAILABLE', 'RESERVED', 'USED']),
    );
  });

  it('reach stock that is gone, free, partly held and all held', () => {
    const stocks = many(anyStock({ maxOnHand: 5 })).map((stock) => {
      const { onHand, reserved } = stock.toSnapshot();
      if (onHand === 0) return 'gone';
      if (reserved === 0) return 'free';
      return reserved < onHand ? 'partly held' : 'all held';
    });
    expect(kinds(stocks)).toEqual(kinds(['gone', 'free', 'partly held', 'all held']));
  });

  it('reach campaigns that are fresh, half gone and sold out', () => {
    const campaigns = many(anyCouponCampaign({ maxTotal: 5 })).map((campaign) => {
      if (campaign.remaining === 0) return 'sold out';
      return campaign.toSnapshot().issued === 0 ? 'fresh' : 'half gone';
    });
    expect(kinds(campaigns)).toEqual(kinds(['fresh', 'half gone', 'sold out']));
  });

  it('reach wallets never used, empty, and above the limit of charges', () => {
    const wallets = many(anyWalletSnapshot());
    expect(wallets.some(({ entries }) => entries === 0)).toBe(true);
    expect(wallets.some(({ entries, balance }) => entries > 0 && balance === 0)).toBe(true);
    expect(wallets.some(({ balance }) => balance > MAX_BALANCE)).toBe(true);
  });

  it('make baskets and products as large as they were asked for', () => {
    const baskets = many(anyBasket({ maxProducts: 2 }));
    expect(kinds(baskets.map(({ items }) => items.length))).toEqual(kinds([1, 2]));
    const products = many(anyProducts({ max: 2 }));
    expect(kinds(products.map(({ length }) => length))).toEqual(kinds([1, 2]));
    expect(kinds(many(anyBasket({ of: anyProductId() })).map(({ items }) => items.length))).toEqual(
      kinds([1, 2, 3, 4, 5]),
    );
  });

  it('hit a deadline exactly, and a millisecond to either side', () => {
    const offsets = kinds(many(anyInstantNear(NOON)).map((at) => at - NOON));
    expect([-1, 0, 1].every((offset) => offsets.has(offset))).toBe(true);
    expect(offsets.size).toBeGreaterThan(3);
  });
});
