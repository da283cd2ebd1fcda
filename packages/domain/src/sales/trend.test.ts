import { fc, test } from '@fast-check/jest';
import { describe, expect, it } from '@jest/globals';
import { productId } from '../shared/ids.js';
import { trendMessage, trendsOf } from './trend.js';

const ranking = (...ids: readonly number[]) =>
  ids.map((id, at) => ({ productId: productId(id), rank: at + 1 }));

const ranksOf = (...ids: readonly number[]) =>
  new Map(ranking(...ids).map(({ productId: id, rank }) => [id, rank]));

describe('Trends', () => {
  it('are the product that took first place from second, and nobody who moved below it', () => {
    expect(trendsOf(ranking(103, 102, 104), ranksOf(102, 103, 104), 3)).toEqual([
      { productId: 103, rank: 1, previousRank: 2 },
    ]);
  });

  it('are products that came into the top from below it, or from nowhere', () => {
    expect(trendsOf(ranking(1, 6, 9), ranksOf(1, 2, 3, 4, 5, 6), 3)).toEqual([
      { productId: 6, rank: 2, previousRank: 6 },
      { productId: 9, rank: 3, previousRank: null },
    ]);
  });

  it('do not look below the top, nor at what stays in it', () => {
    expect(trendsOf(ranking(1, 2, 3, 9), ranksOf(1, 3, 2), 3)).toEqual([]);
  });

  it('are the whole top where there was no ranking before', () => {
    expect(trendsOf(ranking(1, 2, 3), new Map(), 2)).toEqual([
      { productId: 1, rank: 1, previousRank: null },
      { productId: 2, rank: 2, previousRank: null },
    ]);
  });

  const anyRanking = () =>
    fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 10 }).map((ids) => [...ids]);

  test.prop([anyRanking(), anyRanking(), fc.integer({ min: 1, max: 12 })])(
    'tell of each product that is new in the top or new on first place, and of no other',
    (now, before, topSize) => {
      const topBefore = new Set(before.slice(0, topSize));
      const expected = now
        .slice(0, topSize)
        .filter((id, at) => !topBefore.has(id) || (at === 0 && before[0] !== id));
      const trends = trendsOf(ranking(...now), ranksOf(...before), topSize);
      expect(trends.map(({ productId: id }) => id)).toEqual(expected);
      for (const { productId: id, rank, previousRank } of trends) {
        expect(now[rank - 1]).toBe(id);
        expect(before.indexOf(id) + 1).toBe(previousRank ?? 0);
      }
    },
  );

  test.prop([anyRanking(), fc.integer({ min: 1, max: 12 })])(
    'are none where nothing has changed',
    (ids, topSize) => {
      expect(trendsOf(ranking(...ids), ranksOf(...ids), topSize)).toEqual([]);
    },
  );
});

describe('The words for a trend', () => {
  it('are those of scenario 9 when a product took first place', () => {
    expect(trendMessage('게이밍 마우스', 1)).toBe('게이밍 마우스가 1위로 올라섰습니다!');
  });

  it('tell the rank of a product that came into the top', () => {
    expect(trendMessage('무선 키보드', 3)).toBe('무선 키보드가 인기 상품 3위에 진입했습니다!');
    expect(trendMessage('웹캠', 5)).toBe('웹캠이 인기 상품 5위에 진입했습니다!');
  });

  it.each([
    ['이어폰', '이'],
    ['모니터', '가'],
    ['가', '가'],
    ['힣', '이'],
    // The same name, written in the parts of its syllables.
    ['웹캠'.normalize('NFD'), '이'],
    ['게이밍 마우스 (블랙)', '이'],
    ['게이밍 마우스 "화이트"', '가'],
    ['무선 마우스!!', '가'],
    ['키보드 10', '이'],
    ['키보드 2', '가'],
    ['키보드 3', '이'],
    ['키보드 4', '가'],
    ['키보드 5', '가'],
    ['키보드 6', '이'],
    ['키보드 7', '이'],
    ['키보드 8', '이'],
    ['키보드 9', '가'],
    ['키보드 1', '이'],
    ['허브 USB', '가'],
    ['DDR', '이'],
    ['HDM', '이'],
    ['Gaming Mouse', '가'],
    ['Monitor', '가'],
    ['Webcam', '이'],
    ['iPhone', '이'],
    ['Cable', '이'],
    ['Gaming', '이'],
    ['Stand', '가'],
  ])('take the particle that fits the sound at the end of %s: %s', (name, particle) => {
    expect(trendMessage(name, 1)).toBe(`${name}${particle} 1위로 올라섰습니다!`);
  });

  it.each(['マウス', 'ﾏｳｽ', 'Maus ß', '!', '', '🖱'])(
    'take both where %s is not read here',
    (name) => {
      expect(trendMessage(name, 1)).toBe(`${name}이(가) 1위로 올라섰습니다!`);
    },
  );

  test.prop([fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 50 })])(
    'begin with the name as it is, and end with an exclamation mark',
    (name, rank) => {
      const message = trendMessage(name, rank);
      expect(message.startsWith(name)).toBe(true);
      expect(message).toMatch(new RegExp(`(이|가|이\\(가\\)) .*${rank}위.*다!$`, 'su'));
    },
  );
});
