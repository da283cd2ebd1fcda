import {
  dailySalesOf,
  type Instant,
  type OrderId,
  type Sale,
  type SalesCalendar,
} from '@jumun/domain';
import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { Queries } from '../ports/queries.js';
import type { StatisticsProgress } from '../ports/statistics.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { computeRankings } from './rankings.js';

export interface StatisticsPorts {
  readonly unitOfWork: UnitOfWork;
  readonly queries: Pick<Queries, 'statistics'>;
  readonly clock: Clock;
  readonly events: EventBus;
}

export interface StatisticsPolicy {
  /** Whose calendar days the sales are counted by. */
  readonly calendar: SalesCalendar;
  /** How many sales records are counted in one transaction. */
  readonly batch: number;
  /** Lets others have their turn where much is done at once. */
  readonly pause: () => Promise<void>;
}

/** What a roll-up came to. */
export interface RollUp {
  /** Sales records counted by this run. */
  readonly records: number;
  /** Of the rankings that it stored; null when those there were are still right, or somebody else stores them. */
  readonly version: number | null;
  /** False when another one was at it all the time. */
  readonly tookTurn: boolean;
}

/**
 * Counts every sales record that was committed and not counted, into the daily sums of the day on which it was sold,
 * however late it comes; then makes the rankings anew where something was counted or a new day has begun, and tells the
 * news. Each batch is counted in one transaction, once, whoever is killed and whenever. What was counted by a run that did
 * not live to make the rankings is in those of the next one.
 */
export async function rollUpSales(
  ports: StatisticsPorts,
  policy: StatisticsPolicy,
): Promise<RollUp> {
  let records = 0;
  let from: OrderId | undefined;
  for (;;) {
    const counted = await countBatch(ports.unitOfWork, policy.batch, from);
    // Whoever has the turn now goes on from here to the end.
    if (counted === null) return { records, version: null, tookTurn: from !== undefined };
    records += counted.length;
    from = counted.at(-1)?.orderId;
    if (counted.length < policy.batch) {
      return { records, version: await renewRankings(ports, policy), tookTurn: true };
    }
    await policy.pause();
  }
}

/** The records that were counted; null when it is another one's turn. */
const countBatch = (
  unitOfWork: UnitOfWork,
  limit: number,
  from: OrderId | undefined,
): Promise<readonly Sale[] | null> =>
  unitOfWork.run(async ({ statistics }) => {
    if (!(await statistics.takeTurn())) return null;
    const sales = await statistics.takeUncounted(limit, from);
    await statistics.addDaily(dailySalesOf(sales));
    return sales;
  });

/** How often rankings are made again because the sums have changed meanwhile. */
const ATTEMPTS = 3;

/**
 * Makes the rankings where they are not of the present sums and day, or always; the version that was stored, or null. They
 * are computed outside a transaction, and stored only if the sums are still those that they were computed from: nobody
 * waits for the computation.
 */
export async function renewRankings(
  ports: StatisticsPorts,
  policy: StatisticsPolicy,
  { always = false } = {},
): Promise<number | null> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const progress = await ports.queries.statistics.progress();
    if (!always && isUpToDate(progress, ports.clock, policy.calendar)) return null;
    const version = await storeRankings(ports, policy, progress);
    if (version !== null) {
      await ports.events.publish({ type: 'RankingsChanged', version });
      return version;
    }
  }
  return null;
}

/** Whether the stored rankings are of the present sums, and of today. */
const isUpToDate = (
  { revision, rankedRevision, rankedAt }: StatisticsProgress,
  clock: Clock,
  calendar: SalesCalendar,
): boolean =>
  rankedAt !== null &&
  rankedRevision === revision &&
  calendar.dayOf(rankedAt) === calendar.dayOf(clock.now());

/**
 * The version of rankings that are made now. It is a time and not a count, so that it names these rankings alone: a database
 * that was restored counts on from what it remembers, while caches and listeners still have what it has forgotten.
 */
const versionAfter = ({ version }: StatisticsProgress, now: Instant): number =>
  Math.max(version + 1, now);

/** The version that was stored; null when sums or rankings have changed meanwhile, or it is another one's turn. */
async function storeRankings(
  { unitOfWork, queries: { statistics: queries }, clock }: StatisticsPorts,
  { calendar, pause }: StatisticsPolicy,
  progress: StatisticsProgress,
): Promise<number | null> {
  const computedAt = clock.now();
  const stamp = { version: versionAfter(progress, computedAt), computedAt };
  const previous = await queries.rankings();
  const daily: typeof queries.daily = async (day) => {
    await pause();
    return queries.daily(day);
  };
  const rankings = await computeRankings({ daily, previous }, calendar, stamp);
  return unitOfWork.run(async ({ statistics }) => {
    if (!(await statistics.takeTurn())) return null;
    const { revision, version } = await statistics.progress();
    if (revision !== progress.revision || version !== progress.version) return null;
    await statistics.saveRankings(rankings, stamp.version, stamp.computedAt);
    return stamp.version;
  });
}
