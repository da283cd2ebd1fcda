import { describe, expect, it } from '@jest/globals';
import { userId } from '@jumun/domain';
import { accepted, KIM_CHEOLSU, NOON } from '@jumun/domain/testing';
import { keyOf, openShop } from '../testing/scenario/open-shop.js';

const DAY = 86_400_000;

describe('Forgetting answers', () => {
  it('keeps an answer for 24 hours, and no longer', async () => {
    const { shop, clock, balance } = openShop();
    const charge = () =>
      shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 50_000 }, keyOf(KIM_CHEOLSU, 'k'));
    accepted(await charge());
    clock.advance(DAY);
    expect(await shop.forgetAnswers()).toBe(0);
    expect(accepted(await charge()).replayed).toBe(true);
    clock.advance(1);
    expect(await shop.forgetAnswers()).toBe(1);
    expect(accepted(await charge()).replayed).toBe(false);
    expect(await balance(KIM_CHEOLSU)).toBe(100_000);
  });

  it.each([1_000, 1_001, 2_500])('goes through all of %d, a thousand at a time', async (count) => {
    const { shop, clock, ports, store } = openShop();
    const answers = Array.from({ length: count }, (_, at) => ({
      ...keyOf(userId(at + 1), 'k'),
      answer: 'null',
      createdAt: NOON,
    }));
    await ports.unitOfWork.run((tx) => tx.idempotency.remember(answers));
    clock.advance(DAY + 1);
    expect(await shop.forgetAnswers()).toBe(count);
    expect(store.answers.all()).toEqual([]);
  });
});
