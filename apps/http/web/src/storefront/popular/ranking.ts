import type { Schemas } from '../../api/document.js';

export type Ranking = Schemas['Popular'];
export type RankingEvent = Schemas['RankingEvent'];
export type TrendEvent = Schemas['TrendEvent'];
export type RankedProduct = Schemas['PopularItem'];

/**
 * The ranking after an event of it. The event says nothing of the total and the period, so those stay until they are read
 * again. One that is older than what is shown changes nothing: the stream may tell what was read meanwhile.
 */
export function afterEvent(shown: Ranking | null, event: RankingEvent): Ranking | null {
  if (shown === null || event.days !== shown.period.days) return shown;
  if (Date.parse(event.computedAt) < Date.parse(shown.computedAt)) return shown;
  return { ...shown, computedAt: event.computedAt, items: event.items };
}

/** Of two answers the newer one: they may overtake each other. */
export function newer(shown: Ranking | null, read: Ranking): Ranking {
  if (shown === null || shown.period.days !== read.period.days || shown.sort !== read.sort) {
    return read;
  }
  return Date.parse(read.computedAt) < Date.parse(shown.computedAt) ? shown : read;
}

/** How much of the leader's sales a product has, from 0 to 1: refunds may take it below nothing. */
export function shareOfLeader(
  item: RankedProduct,
  items: readonly RankedProduct[],
  sort: Ranking['sort'],
): number {
  const of = ({ quantitySold, revenue }: RankedProduct): number =>
    sort === 'quantity' ? quantitySold : revenue;
  const most = Math.max(...items.map(of));
  return most <= 0 ? 0 : Math.max(0, of(item) / most);
}

/** How a product moved, as it is shown: `↑1`, `↓2`, `NEW`, or nothing. */
export function changeMark({ change, rankDelta }: RankedProduct): string {
  switch (change) {
    case 'UP':
      return `↑${rankDelta}`;
    case 'DOWN':
      return `↓${-rankDelta}`;
    case 'NEW':
      return 'NEW';
    case 'SAME':
      return '';
  }
}
