import { describe, expect, it } from '@jest/globals';
import { afterDays, afterSeconds, couponCampaignId, instant, userId } from '@jumun/domain';
import { accepted, KIM_CHEOLSU, LEE_YOUNGHEE, NOON, refused } from '@jumun/domain/testing';
import type { EventBus } from '../ports/event-bus.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { InMemoryEventBus } from '../testing/index.js';
import { keyOf, openShop } from '../testing/scenario/open-shop.js';

const ENDS_AT = afterDays(NOON, 1);

describe('Issuing a coupon', () => {
  it('gives the campaign’s discount, the next number, and the days it is good for', async () => {
    const { shop, campaign, audit } = openShop();
    const campaignId = await campaign({ discountRate: 10, couponValidDays: 30 });
    const first = accepted(await shop.issueCoupon({ userId: LEE_YOUNGHEE, campaignId }));
    expect(first).toEqual({
      answer: {
        id: 3001,
        couponCampaignId: 501,
        issueNumber: 1,
        discountRate: 10,
        status: 'AVAILABLE',
        issuedAt: NOON,
        expiresAt: afterDays(NOON, 30),
      },
      replayed: false,
    });
    const second = accepted(await shop.issueCoupon({ userId: KIM_CHEOLSU, campaignId }));
    expect(second.answer).toMatchObject({ id: 3002, issueNumber: 2 });
    expect(audit()).toEqual([]);
  });

  it('numbers a crowd 1 to n in the order of arrival, and refuses the rest', async () => {
    const { shop, campaign, audit } = openShop();
    const campaignId = await campaign({ totalQuantity: 100 });
    const crowd = Array.from({ length: 300 }, (_, at) =>
      shop.issueCoupon({ userId: userId(at + 1), campaignId }),
    );
    const outcomes = await Promise.all(crowd);
    const numbers = outcomes.slice(0, 100).map((each) => accepted(each).answer.issueNumber);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    const codes = new Set(outcomes.slice(100).map((each) => refused(each).code));
    expect(codes).toEqual(new Set(['COUPON_EXHAUSTED']));
    expect(audit()).toEqual([]);
  });

  describe('is refused', () => {
    it('for a campaign that is not there', async () => {
      const { shop } = openShop();
      const campaignId = couponCampaignId(404);
      const refusal = refused(await shop.issueCoupon({ userId: KIM_CHEOLSU, campaignId }));
      expect(refusal).toEqual({ code: 'COUPON_CAMPAIGN_NOT_FOUND', campaignId });
    });

    it('before the campaign starts, and from its end on', async () => {
      const { shop, campaign, clock } = openShop();
      const startsAt = afterSeconds(NOON, 60);
      const campaignId = await campaign({ startsAt, endsAt: ENDS_AT });
      const issue = () => shop.issueCoupon({ userId: KIM_CHEOLSU, campaignId });
      const notActive = {
        code: 'COUPON_CAMPAIGN_NOT_ACTIVE',
        campaignId,
        startsAt,
        endsAt: ENDS_AT,
      };
      clock.advance(59_999);
      expect(refused(await issue())).toEqual(notActive);
      clock.set(ENDS_AT);
      expect(refused(await issue())).toEqual(notActive);
      clock.set(startsAt);
      expect(accepted(await issue()).answer.issueNumber).toBe(1);
    });

    it('to a customer who has one', async () => {
      const { shop, campaign, coupon } = openShop();
      const campaignId = await campaign();
      await coupon(KIM_CHEOLSU, campaignId);
      const refusal = refused(await shop.issueCoupon({ userId: KIM_CHEOLSU, campaignId }));
      expect(refusal).toEqual({ code: 'COUPON_ALREADY_ISSUED', campaignId });
    });

    it('to a customer who asks twice at once', async () => {
      const { shop, campaign, audit } = openShop();
      const campaignId = await campaign();
      const issue = () => shop.issueCoupon({ userId: KIM_CHEOLSU, campaignId });
      const [first, second] = await Promise.all([issue(), issue()]);
      expect(accepted(first).answer.issueNumber).toBe(1);
      expect(refused(second).code).toBe('COUPON_ALREADY_ISSUED');
      expect(audit()).toEqual([]);
    });

    it('when none is left: with one answer for everybody, those who have one too', async () => {
      const { shop, campaign, coupon } = openShop();
      const campaignId = await campaign({ totalQuantity: 1, endsAt: ENDS_AT });
      await coupon(KIM_CHEOLSU, campaignId);
      for (const customer of [LEE_YOUNGHEE, KIM_CHEOLSU]) {
        const refusal = refused(await shop.issueCoupon({ userId: customer, campaignId }));
        expect(refusal).toEqual({ code: 'COUPON_EXHAUSTED', campaignId, endsAt: ENDS_AT });
      }
    });

    it('as not active rather than exhausted, once the campaign is over', async () => {
      const { shop, campaign, coupon, clock } = openShop();
      const campaignId = await campaign({ totalQuantity: 1, endsAt: ENDS_AT });
      await coupon(KIM_CHEOLSU, campaignId);
      const issue = () => shop.issueCoupon({ userId: LEE_YOUNGHEE, campaignId });
      clock.set(ENDS_AT);
      expect(refused(await issue()).code).toBe('COUPON_CAMPAIGN_NOT_ACTIVE');
    });
  });
});

/** A shop whose campaign of one coupon is gone, and that counts its transactions. */
async function soldOutShop(events: EventBus = new InMemoryEventBus()) {
  let transactions = 0;
  const inner = openShop();
  const unitOfWork: UnitOfWork = {
    run: (work) => {
      transactions += 1;
      return inner.ports.unitOfWork.run(work);
    },
  };
  const open = openShop({
    store: inner.store,
    clock: inner.clock,
    ports: { ids: inner.ports.ids, unitOfWork, events },
  });
  const campaignId = await open.campaign({ totalQuantity: 1, endsAt: ENDS_AT });
  const issue = (user: number, key?: string, request?: string) => {
    const customer = userId(user);
    const idempotency = key === undefined ? undefined : keyOf(customer, key, request);
    return open.shop.issueCoupon({ userId: customer, campaignId }, idempotency);
  };
  const first = accepted(await issue(1, 'mine'));
  expect(refused(await issue(2)).code).toBe('COUPON_EXHAUSTED');
  /** How many transactions `work` takes. */
  const cost = async (work: () => Promise<unknown>): Promise<number> => {
    const before = transactions;
    await work();
    return transactions - before;
  };
  return { ...open, campaignId, issue, first, cost };
}

describe('A crowd that waits for the last coupon', () => {
  it('is refused without a further look once the first of it finds that none are left', async () => {
    const inner = openShop();
    let looks = 0;
    const unitOfWork: UnitOfWork = {
      run: (work) =>
        inner.ports.unitOfWork.run((tx) => {
          const { campaigns } = tx;
          const lockMany: typeof campaigns.lockMany = (ids) => {
            looks += ids.length;
            return campaigns.lockMany(ids);
          };
          return work({ ...tx, campaigns: { ...campaigns, lockMany } });
        }),
    };
    const { ids } = inner.ports;
    const { shop, campaign, audit } = openShop({
      store: inner.store,
      ports: { ids, unitOfWork },
      desk: { maxBatch: 1 },
    });
    const campaignId = await campaign({ totalQuantity: 1 });
    const users = Array.from({ length: 20 }, (_, at) => userId(at + 1));
    const issued = await Promise.all(
      users.map((user) =>
        shop.issueCoupon({ userId: user, campaignId }, keyOf(user, 'a key', 'a coupon')),
      ),
    );
    expect(issued.map((each) => (each.isOk() ? 'issued' : each.error.code))).toEqual([
      'issued',
      ...users.slice(1).map(() => 'COUPON_EXHAUSTED'),
    ]);
    expect(looks).toBe(2);
    expect(audit()).toEqual([]);
  });
});

describe('A campaign known to be sold out', () => {
  it('answers a crowd from memory', async () => {
    const { issue, cost } = await soldOutShop();
    const crowd = async (): Promise<void> => {
      for (let user = 3; user < 103; user += 1) {
        expect(refused(await issue(user)).code).toBe('COUPON_EXHAUSTED');
      }
    };
    expect(await cost(crowd)).toBe(0);
  });

  it('answers with the very refusal that a transaction gives', async () => {
    const { issue, campaignId } = await soldOutShop();
    const fromMemory = refused(await issue(3));
    expect(fromMemory).toEqual({ code: 'COUPON_EXHAUSTED', campaignId, endsAt: ENDS_AT });
  });

  it('issues again once it grows', async () => {
    const { shop, campaignId, issue, audit } = await soldOutShop();
    const grown = accepted(await shop.growCampaign({ campaignId, quantity: 2 })).answer;
    expect(grown).toMatchObject({ totalQuantity: 3, remainingQuantity: 2 });
    expect(accepted(await issue(2)).answer.issueNumber).toBe(2);
    expect(accepted(await issue(3)).answer.issueNumber).toBe(3);
    expect(refused(await issue(4)).code).toBe('COUPON_EXHAUSTED');
    expect(audit()).toEqual([]);
  });

  it('still answers a key that was answered before', async () => {
    const { issue, first, cost } = await soldOutShop();
    const replay = async (): Promise<void> => {
      expect(accepted(await issue(1, 'mine'))).toEqual({ answer: first.answer, replayed: true });
      expect(refused(await issue(1, 'mine', 'another request')).code).toBe(
        'IDEMPOTENCY_KEY_REUSED',
      );
      expect(refused(await issue(1, 'a new key')).code).toBe('COUPON_EXHAUSTED');
    };
    expect(await cost(replay)).toBe(0);
  });

  it('is not active once it has ended', async () => {
    const { issue, clock } = await soldOutShop();
    clock.set(instant(ENDS_AT - 500));
    expect(refused(await issue(3)).code).toBe('COUPON_EXHAUSTED');
    clock.set(ENDS_AT);
    expect(refused(await issue(3)).code).toBe('COUPON_CAMPAIGN_NOT_ACTIVE');
  });

  it('is looked at again after a second, by one transaction, should the news be lost', async () => {
    const deaf: EventBus = { publish: () => Promise.resolve(), subscribe: () => () => {} };
    const { shop, campaignId, issue, clock, cost } = await soldOutShop(deaf);
    accepted(await shop.growCampaign({ campaignId, quantity: 1 }));
    clock.advance(999);
    expect(refused(await issue(3)).code).toBe('COUPON_EXHAUSTED');
    clock.advance(1);
    const crowd = () => Promise.all([issue(3), issue(4), issue(5)]);
    expect(await cost(crowd)).toBe(1);
    expect(refused(await issue(3)).code).toBe('COUPON_EXHAUSTED');
  });

  it('tells one campaign from another', async () => {
    const { shop, campaign, issue } = await soldOutShop();
    const another = await campaign({ totalQuantity: 1 });
    const issued = await shop.issueCoupon({ userId: userId(2), campaignId: another });
    expect(accepted(issued).answer.issueNumber).toBe(1);
    expect(refused(await issue(2)).code).toBe('COUPON_EXHAUSTED');
  });
});

/** Resolves once somebody waits at a gate. */
async function reached(gates: readonly unknown[]): Promise<void> {
  for (let turn = 0; gates.length === 0; turn += 1) {
    if (turn === 1_000) throw new Error('nobody came to the gate');
    await Promise.resolve();
  }
}

describe('A campaign known to be sold out, with two processes', () => {
  it('issues again in both when one of them lets it grow', async () => {
    const events = new InMemoryEventBus();
    const { store, clock, ports, campaignId, issue } = await soldOutShop(events);
    const there = openShop({ store, clock, ports: { ids: ports.ids, events } });
    accepted(await there.shop.growCampaign({ campaignId, quantity: 1 }));
    expect(accepted(await issue(2)).answer.issueNumber).toBe(2);
  });

  it('is not taken for sold out by a refusal from before it grew', async () => {
    const events = new InMemoryEventBus();
    const here = openShop({ ports: { events } });
    const campaignId = await here.campaign({ totalQuantity: 1 });
    await here.coupon(KIM_CHEOLSU, campaignId);

    const gates: (() => void)[] = [];
    const slow: UnitOfWork = {
      run: async (work) => {
        const result = await here.ports.unitOfWork.run(work);
        await new Promise<void>((open) => {
          gates.push(open);
        });
        return result;
      },
    };
    const ports = { ids: here.ports.ids, events, unitOfWork: slow };
    const there = openShop({ store: here.store, clock: here.clock, ports });
    const late = there.shop.issueCoupon({ userId: userId(2), campaignId });
    await reached(gates);
    accepted(await here.shop.growCampaign({ campaignId, quantity: 1 }));
    gates.shift()?.();
    expect(refused(await late).code).toBe('COUPON_EXHAUSTED');

    const next = there.shop.issueCoupon({ userId: userId(3), campaignId });
    await reached(gates);
    gates.shift()?.();
    expect(accepted(await next).answer.issueNumber).toBe(2);
  });
});
