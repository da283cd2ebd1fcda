import { language } from '../../shell/language.js';
import { formatNumber } from '../../ui/format.js';
import { LineChart } from '../charts/line-chart.js';
import type { Series } from '../charts/scale.js';
import { MOST_POINTS } from './history.js';
import type { Point } from './measure.js';
import { overviewText } from './messages.js';

/** Room for a minute from the start on; then the lines grow into some minutes. */
const FEWEST_POINTS = 30;

/** With a decimal where it says something. */
const plain = (value: number): string => {
  const rounded = value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  return formatNumber(rounded, language.value);
};
const percent = (value: number): string => `${Math.round(value * 100)}%`;

/** Lines of some minutes. */
export function Charts({ points }: { readonly points: readonly Point[] }) {
  const t = overviewText();
  const line = (
    name: string,
    tone: Series['tone'],
    read: (point: Point) => number | null,
  ): Series => ({ name, tone, values: points.map(read) });
  const room = Math.min(Math.max(points.length, FEWEST_POINTS), MOST_POINTS);
  const common = { times: points.map(({ at }) => at), room };
  const ms = (value: number): string => t.ms(plain(value));
  return (
    <div class="panels">
      <LineChart
        {...common}
        wide
        title={t.customers}
        tell={(value) => t.perSecond(plain(value))}
        least={5}
        series={[
          line(t.placed, 'seal', ({ placed }) => placed),
          line(t.paid, 'blue', ({ paid }) => paid),
          line(t.coupons, 'green', ({ coupons }) => coupons),
        ]}
      />
      <LineChart
        {...common}
        title={t.answerTime}
        tell={ms}
        least={10}
        series={[
          line('p50', 'ink', ({ p50 }) => p50),
          line('p95', 'blue', ({ p95 }) => p95),
          line('p99', 'seal', ({ p99 }) => p99),
        ]}
      />
      <LineChart
        {...common}
        title={t.requests}
        tell={(value) => t.perSecond(plain(value))}
        least={10}
        series={[
          line(t.answered, 'ink', ({ requests }) => requests),
          line(t.failed, 'seal', ({ failed }) => failed),
        ]}
      />
      <LineChart
        {...common}
        title={t.batches}
        tell={plain}
        least={4}
        series={[
          line(t.batchSize, 'seal', ({ batchSize }) => batchSize),
          line(t.queued, 'blue', ({ queued }) => queued),
        ]}
      />
      <LineChart
        {...common}
        title={t.hitRate}
        tell={percent}
        least={1}
        most={1}
        series={[
          line(t.popularHits, 'seal', ({ popularHits }) => popularHits),
          line(t.cacheHits, 'blue', ({ cacheHits }) => cacheHits),
        ]}
      />
      <LineChart
        {...common}
        title={t.load}
        tell={percent}
        least={1}
        most={1}
        series={[line(t.busy, 'ink', ({ busy }) => busy)]}
      />
      <LineChart
        {...common}
        title={t.backlog}
        tell={plain}
        least={10}
        series={[
          line(t.pending, 'blue', ({ pending }) => pending),
          line(t.undelivered, 'seal', ({ undelivered }) => undelivered),
        ]}
      />
    </div>
  );
}
