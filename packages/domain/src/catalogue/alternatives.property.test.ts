import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { productId } from '../shared/ids.js';
import { anyMoney } from '../testing/index.js';
import { type AlternativeCandidate, rankAlternatives } from './alternatives.js';

const anyId = () => fc.integer({ min: 1, max: 12 }).map(productId);

/** Few different prices and figures, so that there are ties of every kind. */
const anyCandidate = () =>
  fc.record({
    id: anyId(),
    price: fc.oneof(anyMoney({ max: 8 }), anyMoney()),
    stock: fc.nat({ max: 2 }),
    sold: fc.nat({ max: 2 }),
  });

const anyCandidates = () => fc.uniqueArray(anyCandidate(), { selector: ({ id }) => id });
const anyWanted = () => fc.record({ id: anyId(), price: anyMoney({ max: 8 }) });

/** Whether `a` belongs before `b`, rule by rule. */
function isBetter(wanted: number, a: AlternativeCandidate, b: AlternativeCandidate): boolean {
  const isNear = ({ price }: AlternativeCandidate) => wanted / 2 <= price && price <= wanted * 2;
  if (isNear(a) !== isNear(b)) return isNear(a);
  if (a.sold !== b.sold) return a.sold > b.sold;
  const [distanceA, distanceB] = [Math.abs(a.price - wanted), Math.abs(b.price - wanted)];
  return distanceA === distanceB ? a.id < b.id : distanceA < distanceB;
}

describe('Alternatives', () => {
  test.prop([anyWanted(), anyCandidates()])(
    'are the candidates in stock without the wanted one, each once',
    (wanted, candidates) => {
      const expected = candidates.filter(({ id, stock }) => id !== wanted.id && stock > 0);
      const alternatives = rankAlternatives(wanted, candidates);
      expect(alternatives).toHaveLength(expected.length);
      expect(new Set(alternatives)).toEqual(new Set(expected));
    },
  );

  test.prop([anyWanted(), anyCandidates()])(
    'put each better candidate before each lesser one',
    (wanted, candidates) => {
      const alternatives = rankAlternatives(wanted, candidates);
      for (const [place, better] of alternatives.entries()) {
        for (const lesser of alternatives.slice(place + 1)) {
          expect(isBetter(wanted.price, better, lesser)).toBe(true);
        }
      }
    },
  );

  test.prop([anyWanted(), anyCandidates()])(
    'come in the same order, whatever the order of the candidates',
    (wanted, candidates) => {
      const ranked = rankAlternatives(wanted, candidates);
      expect(rankAlternatives(wanted, candidates.toReversed())).toEqual(ranked);
    },
  );

  test.prop([anyWanted(), anyCandidates()])('leave the candidates as they were', (...given) => {
    const [wanted, candidates] = given;
    const before = JSON.stringify(given);
    rankAlternatives(wanted, candidates);
    expect(JSON.stringify(given)).toBe(before);
  });
});
