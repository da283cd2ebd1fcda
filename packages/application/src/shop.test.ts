import { describe, expect, it } from '@jest/globals';
import { accepted, KIM_CHEOLSU, refused } from '@jumun/domain/testing';
import { openShop } from './testing/scenario/open-shop.js';

describe('Shop', () => {
  it('sheds what does not fit into the queue, and does what was accepted', async () => {
    const { shop, balance } = openShop({ desk: { maxQueued: 3 } });
    const charges = Array.from({ length: 5 }, () =>
      shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 1_000 }),
    );
    const outcomes = await Promise.all(charges);
    expect(outcomes.map((outcome) => outcome.isOk())).toEqual([true, true, true, false, false]);
    const shed = outcomes.filter((outcome) => outcome.isErr()).map(refused);
    expect(shed).toEqual([{ code: 'SERVICE_BUSY' }, { code: 'SERVICE_BUSY' }]);
    expect(await balance(KIM_CHEOLSU)).toBe(3_000);
  });

  it('finishes what was accepted when it closes, takes nothing more, and can still be read', async () => {
    const { shop, shelve, campaign, balance, stock } = openShop();
    const [mouse, campaignId] = [await shelve(), await campaign()];
    const charging = shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 1_000 });
    const issuing = shop.issueCoupon({ userId: KIM_CHEOLSU, campaignId });
    await shop.close();
    expect(accepted(await charging).answer.balance).toBe(1_000);
    expect(accepted(await issuing).answer.issueNumber).toBe(1);
    const busy = { code: 'SERVICE_BUSY' };
    expect(refused(await shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 1 }))).toEqual(busy);
    expect(refused(await shop.growCampaign({ campaignId, quantity: 1 }))).toEqual(busy);
    expect(refused(await shop.reviseProduct({ productId: mouse, changes: {} }))).toEqual(busy);
    expect([await balance(KIM_CHEOLSU), await stock(mouse)]).toEqual([1_000, 50]);
  });

  it('counts what each desk has done', async () => {
    const { shop, shelve, campaign, charge } = openShop();
    await shelve();
    await campaign();
    await Promise.all([charge(KIM_CHEOLSU, 1), charge(KIM_CHEOLSU, 2)]);
    const counts = { queued: 0, retries: 0, splits: 0 };
    expect(shop.counts()).toEqual({
      orders: { ...counts, batches: 1, items: 2 },
      coupons: { ...counts, batches: 1, items: 1 },
      catalogue: { ...counts, batches: 1, items: 1 },
    });
  });
});
