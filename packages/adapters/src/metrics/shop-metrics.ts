import type { BatcherCounts, ShopCounts } from '@jumun/application';
import { BACKLOG_METRICS } from './delivery-metrics.js';
import { counter, each, type Family, gauge, histogram, seconds } from './family.js';

type Desks = Readonly<Record<string, BatcherCounts>>;

/** The desks: where commands, and reads of single things, gather to share a transaction or a query. */
const desks: readonly Family<Desks>[] = [
  gauge('jumun_desk_queued', 'What waits at a desk now', (counts) =>
    each('desk', counts, ({ queued }) => queued),
  ),
  counter('jumun_desk_items_total', 'Commands, or reads, that a desk has done', (counts) =>
    each('desk', counts, ({ items }) => items),
  ),
  counter('jumun_desk_batches_total', 'Transactions, or queries, that a desk has made', (counts) =>
    each('desk', counts, ({ batches }) => batches),
  ),
  counter('jumun_desk_refused_total', 'What a desk has refused because too much waited', (counts) =>
    each('desk', counts, ({ refused }) => refused),
  ),
  counter(
    'jumun_desk_retries_total',
    'Batches that failed as a whole and were run again',
    (counts) => each('desk', counts, ({ retries }) => retries),
  ),
  counter('jumun_desk_splits_total', 'Batches that failed again and were split', (counts) =>
    each('desk', counts, ({ splits }) => splits),
  ),
  histogram('jumun_desk_batch_size', 'Commands, or reads, in a batch', (counts) =>
    each('desk', counts, ({ batchSize }) => batchSize),
  ),
  seconds('jumun_desk_wait_seconds', 'How long a command waited for its batch to begin', (counts) =>
    each('desk', counts, ({ waitMs }) => waitMs),
  ),
  seconds('jumun_desk_work_seconds', 'How long a batch took', (counts) =>
    each('desk', counts, ({ workMs }) => workMs),
  ),
];

type Popular = ShopCounts['popular'];

/** The popular products: who was answered with what, and what it cost. */
const popular: readonly Family<Popular>[] = [
  gauge(
    'jumun_popular_version',
    'The version of the rankings that this process shows; 0 before the first',
    ({ version }) => version,
  ),
  counter(
    'jumun_popular_reads_total',
    'Reads of popular products: from memory, from memory while it was being replaced, or with a wait',
    ({ memory, stale, waited }) => [
      [{ result: 'fresh' }, memory - stale],
      [{ result: 'stale' }, stale],
      [{ result: 'waited' }, waited],
    ],
  ),
  counter(
    'jumun_popular_rankings_total',
    'Rankings that this process got: out of the shared cache, built from the database, or not at all',
    ({ cache, database, failures }) => [
      [{ source: 'cache' }, cache],
      [{ source: 'database' }, database],
      [{ source: 'failed' }, failures],
    ],
  ),
  seconds(
    'jumun_popular_build_seconds',
    'How long a ranking took to build from the database',
    ({ buildMs }) => buildMs,
  ),
];

/** What customers got done. */
const accepted: readonly Family<ShopCounts['accepted']>[] = [
  counter(
    'jumun_commands_accepted_total',
    'Commands of customers that were accepted, by their name; one that was answered again is not counted again',
    (counts) => Object.entries(counts).map(([command, count]) => [{ command }, count] as const),
  ),
];

/** A family over a part of the counts, as one over all of them. */
const within =
  <Whole, Part>(part: (whole: Whole) => Part) =>
  (family: Family<Part>): Family<Whole> =>
    family.kind === 'histogram'
      ? { ...family, read: (whole) => family.read(part(whole)) }
      : { ...family, read: (whole) => family.read(part(whole)) };

/** Of `Shop.counts`. */
export const SHOP_METRICS: readonly Family<ShopCounts>[] = [
  ...desks.map(
    within(
      ({ popular: _popular, backlog: _backlog, accepted: _accepted, ...rest }: ShopCounts): Desks =>
        rest,
    ),
  ),
  ...popular.map(within((counts: ShopCounts) => counts.popular)),
  ...accepted.map(within((counts: ShopCounts) => counts.accepted)),
  ...BACKLOG_METRICS.map(within((counts: ShopCounts) => counts.backlog)),
];
