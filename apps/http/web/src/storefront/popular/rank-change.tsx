import { popularText } from './messages.js';
import type { RankedProduct } from './ranking.js';

/** How a product moved since the last count. It lights up when it has just changed. */
export function RankChange({
  item,
  isFresh,
}: {
  readonly item: RankedProduct;
  readonly isFresh: boolean;
}) {
  const t = popularText();
  const { change, rankDelta } = item;
  if (change === 'SAME') return null;
  if (change === 'NEW') {
    return <span class={`change change-new${isFresh ? ' change-fresh' : ''}`}>NEW</span>;
  }
  const isUp = change === 'UP';
  const places = Math.abs(rankDelta);
  return (
    <span class={`change change-${isUp ? 'up' : 'down'}${isFresh ? ' change-fresh' : ''}`}>
      <span aria-hidden="true">
        <span class="change-arrow">{isUp ? '↑' : '↓'}</span>
        {places}
      </span>
      <span class="sr">{isUp ? t.up(places) : t.down(places)}</span>
    </span>
  );
}
