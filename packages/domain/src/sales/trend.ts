import type { ProductId } from '../shared/ids.js';

/** A product that took first place, or came into the top, and was not there in the ranking before. */
export interface Trend {
  readonly productId: ProductId;
  readonly rank: number;
  /** Null when it was not ranked before. */
  readonly previousRank: number | null;
}

/**
 * What is worth telling about a ranking: who took first place, and who came into the first `topSize` places from further
 * down or from nowhere, by rank. `previousRanks` are those of the ranking before; empty before there was one, and then
 * the whole top is news.
 */
export const trendsOf = (
  current: readonly { readonly productId: ProductId; readonly rank: number }[],
  previousRanks: ReadonlyMap<ProductId, number>,
  topSize: number,
): readonly Trend[] =>
  current
    .filter(({ rank }) => rank <= topSize)
    .map(({ productId, rank }) => ({
      productId,
      rank,
      previousRank: previousRanks.get(productId) ?? null,
    }))
    .filter(
      ({ rank, previousRank }) =>
        previousRank === null || previousRank > topSize || (rank === 1 && previousRank !== 1),
    );

/** The words for a trend, as scenario 9 has them: `게이밍 마우스가 1위로 올라섰습니다!` */
export const trendMessage = (name: string, rank: number): string =>
  rank === 1
    ? `${withSubjectParticle(name)} 1위로 올라섰습니다!`
    : `${withSubjectParticle(name)} 인기 상품 ${rank}위에 진입했습니다!`;

/** `name` as the subject of a sentence: with 이 when its last sound is a consonant, else with 가. */
function withSubjectParticle(name: string): string {
  switch (endsInConsonant(name)) {
    case true:
      return `${name}이`;
    case false:
      return `${name}가`;
    case null:
      // Nobody can say how it is read: both, as forms and announcements write it.
      return `${name}이(가)`;
  }
}

const FIRST_SYLLABLE = 0xac_00;
const LAST_SYLLABLE = 0xd7_a3;
/** Every 28th syllable of Unicode's order has no final consonant. */
const FINALS = 28;

/** 영 or 공, 일, 삼, 육, 칠, 팔; and where a 0 ends a number: 십, 백, 천, 만. */
const DIGITS_WITH_FINAL = '013678';
/** 엘, 엠, 엔, 알: how the letters themselves are called, as they are in 'USB' or 'SSR'. */
const LETTERS_WITH_FINAL = 'LMNR';
/** How an English word ends that Korean ends in a consonant: 캠, 폰, 케이블, 게이밍. 모니터 has lost its r. */
const WORD_WITH_FINAL = /(?:[lmn]e?|ng)$/u;

/** Whether a name's last sound is a consonant (받침); null when its last letter is of a script that is not read here. */
function endsInConsonant(name: string): boolean | null {
  // What is not read aloud, such as a closing bracket, does not count.
  const spoken = name.normalize('NFC').replace(/[^\p{L}\p{N}]+$/u, '');
  const last = spoken.at(-1);
  if (last === undefined) return null;
  const code = last.charCodeAt(0);
  if (code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE) return (code - FIRST_SYLLABLE) % FINALS > 0;
  if (/[0-9]/.test(last)) return DIGITS_WITH_FINAL.includes(last);
  const [word] = /[A-Za-z]+$/.exec(spoken) ?? [];
  if (word === undefined) return null;
  return word === word.toUpperCase()
    ? LETTERS_WITH_FINAL.includes(last)
    : WORD_WITH_FINAL.test(word.toLowerCase());
}
