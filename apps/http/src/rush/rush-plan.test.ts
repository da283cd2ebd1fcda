import { describe, expect, it } from '@jest/globals';
import {
  durationMs,
  favouritesOf,
  planRush,
  RUSH_LIMITS,
  USUAL_RUSH,
  wishesOf,
} from './rush-plan.js';

const favouriteOf = (plan: ReturnType<typeof planRush>): number => {
  const wishes = wishesOf(plan, USUAL_RUSH);
  return wishes.indexOf(Math.max(...wishes));
};

describe('The plan of a rush', () => {
  const plan = planRush(USUAL_RUSH);
  const inWaves = [0, 1, 2].map((wave) => plan.slice(wave * 100, (wave + 1) * 100));

  it('is the same for the same size', () => {
    expect(planRush(USUAL_RUSH)).toEqual(plan);
    expect(planRush({ ...USUAL_RUSH, customers: 301 })).not.toEqual(plan);
  });

  it('has everybody come in time, one after the other, each only once', () => {
    const times = plan.map(({ comesAfterMs }) => comesAfterMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(USUAL_RUSH.seconds * 1_000);
    expect(new Set(plan.map(({ userId }) => userId)).size).toBe(USUAL_RUSH.customers);
  });

  it('takes longer where more than a hundred would come in a second', () => {
    const crowd = { customers: RUSH_LIMITS.customers, products: 1, seconds: 1 };
    expect(durationMs(crowd)).toBe(20_000);
    expect(planRush(crowd)[1]?.comesAfterMs).toBe(10);
  });

  it('has another favourite in each wave, so that rankings move', () => {
    expect(inWaves.map(favouriteOf)).toEqual([...favouritesOf(USUAL_RUSH)]);
    expect([...favouritesOf({ ...USUAL_RUSH, products: 1 })]).toEqual([0]);
  });

  it('wants every product, and nothing else', () => {
    const wishes = wishesOf(plan, USUAL_RUSH);
    expect(wishes).toHaveLength(USUAL_RUSH.products);
    expect(Math.min(...wishes)).toBeGreaterThan(0);
    expect(wishes.reduce((sum, pieces) => sum + pieces)).toBe(
      plan.reduce((sum, { pieces }) => sum + pieces, 0),
    );
  });

  it('has some who pay, and some who change their minds in every way', () => {
    const fates = Map.groupBy(plan, ({ fate }) => fate);
    expect([...fates.keys()].toSorted()).toEqual(['CANCEL', 'LEAVE', 'PAY', 'REFUND']);
    expect(fates.get('PAY')?.length).toBeGreaterThan(200);
    expect(plan.some(({ isPoor }) => isPoor)).toBe(true);
  });
});
