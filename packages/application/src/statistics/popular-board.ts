import type { Instant, ProductId, SalesCalendar } from '@jumun/domain';
import { Distribution, type DistributionSnapshot, TIMES_MS } from '../batching/distribution.js';
import type { Cache } from '../ports/cache.js';
import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { CatalogueQueries } from '../ports/queries.js';
import type { RankingQueries } from '../ports/statistics.js';
import { RANKING_SORTS } from './rankings.js';
import {
  POPULAR_DEFAULTS,
  POPULAR_LIMITS,
  type PopularQuery,
  type PopularView,
  popularViewOf,
} from './popular-view.js';

/** How long a ranking is kept, here and in the shared cache (scenario 6). Newer sales replace it long before. */
const TTL_MS = 3_600_000;
/** A ranking that nobody asked for in this time is not replaced but forgotten. */
const HOT_MS = 900_000;
/** What could not be replaced is tried again after so long. */
const RETRY_MS = 200;
/** Rankings that news tell of and that are not in the database by then never will be: it was restored, or the news was false. */
const BELIEVED_MS = 60_000;

/** What one ranking is of. How many of its places are shown makes no difference to it. */
type Subject = Pick<PopularQuery, 'days' | 'sort'>;

/** Kept ready also while nobody asks. */
const ALWAYS_READY: readonly Subject[] = RANKING_SORTS.map((sort) => ({
  ...POPULAR_DEFAULTS,
  sort,
}));
const ALL_SUBJECTS: readonly Subject[] = RANKING_SORTS.flatMap((sort) =>
  Array.from({ length: POPULAR_LIMITS.days }, (_, at) => ({ days: at + 1, sort })),
);

/** A ranking as this process shows it. */
interface Entry {
  readonly subject: Subject;
  /** As many products as anybody may ask for. */
  readonly whole: PopularView;
  /** Its beginnings that somebody asked for, by their length. */
  readonly views: Map<number, PopularView>;
  readonly expiresAt: number;
  /** Whether a product in it was revised since. */
  isOutdated: boolean;
  readAt: number;
  retryAt: number;
}

/** A ranking that takes the place of another one. */
export interface PopularChange extends Subject {
  /** With as many products as anybody may ask for, as is `previous`; null when there was none before. */
  readonly current: PopularView;
  readonly previous: PopularView | null;
  /** The first `limit` places of it: what readers are given from now on, the same object. */
  readonly top: (limit: number) => PopularView;
}

/** What the board has done since it was made. */
export interface PopularCounts {
  /** The version of the rankings that this process knows of; 0 before the first. */
  readonly version: number;
  /** Reads that were answered from the memory of this process. */
  readonly memory: number;
  /** Of those, reads that were answered with what was just being replaced. */
  readonly stale: number;
  /** Reads that waited for a ranking. */
  readonly waited: number;
  /** Rankings that the shared cache had, or another process has built for us. */
  readonly cache: number;
  /** Rankings that were built from the database. */
  readonly database: number;
  /** Rankings that could not be had; where there was an older one, it stayed. */
  readonly failures: number;
  /** How long building from the database took, in milliseconds. */
  readonly buildMs: DistributionSnapshot;
}

export interface PopularBoardPorts {
  readonly rankings: RankingQueries;
  readonly catalogue: Pick<CatalogueQueries, 'findMany'>;
  readonly cache: Cache;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly calendar: SalesCalendar;
  /** Milliseconds by a clock that only goes forward; without it no times are measured. */
  readonly stopwatch?: (() => number) | undefined;
}

const keyOf = ({ days, sort }: Subject): number => (sort === 'quantity' ? days : -days);
const cacheKeyOf = (version: number, { days, sort }: Subject): string =>
  `popular:${version}:${days}:${sort}`;

/**
 * The popular products, kept ready. Rankings stay in the memory of this process and, under keys that name their version, in
 * the shared cache. When the version moves on, or an hour is over, readers get what there is until its replacement is built
 * behind their backs: once for each ranking in a process, and by one process for all. Only who asks for what nobody asked
 * for lately waits. While the database is away, what there is stays.
 */
export class PopularBoard {
  private readonly entries = new Map<number, Entry>();
  private readonly flights = new Map<number, Promise<Entry>>();
  private readonly watchers = new Set<(change: PopularChange) => void>();
  private readonly buildMs = new Distribution(TIMES_MS);
  /** Of the newest rankings that we know of; null before we know of any. */
  private version: number | null = null;
  /** When we last heard of a version, or found it confirmed. */
  private versionAt = 0;
  /** How often products were revised, so that whoever was being built meanwhile is built again. */
  private revisions = 0;
  private warmingUp: Promise<void> = Promise.resolve();
  private memory = 0;
  private stale = 0;
  private waited = 0;
  private cached = 0;
  private built = 0;
  private failures = 0;

  constructor(private readonly ports: PopularBoardPorts) {
    ports.events.subscribe((news) => {
      if (news.type === 'RankingsChanged') this.moveOn(news.version);
      if (news.type === 'ProductRevised') this.outdate(news.productId);
    });
  }

  /** The popular products as this process has them; undefined when somebody must wait for them. The same until they change. */
  peek({ days, sort, limit }: PopularQuery): PopularView | undefined {
    const entry = this.entries.get(keyOf({ days, sort }));
    if (entry === undefined) return undefined;
    const now = this.ports.clock.now();
    entry.readAt = now;
    this.memory += 1;
    if (this.isStale(entry, now)) {
      this.stale += 1;
      if (now >= entry.retryAt) {
        entry.retryAt = now + RETRY_MS;
        this.replaceBehind([entry.subject]);
      }
    }
    return beginningOf(entry, limit);
  }

  /** The popular products; whoever is first to ask for them waits. */
  async read(query: PopularQuery): Promise<PopularView> {
    const view = this.peek(query);
    if (view !== undefined) return view;
    this.waited += 1;
    return beginningOf(await this.replace(query), query.limit);
  }

  /**
   * Looks for newer rankings, in case the news of them was lost, and replaces what is past its time and still asked for.
   * Rejects when the database is away; what there is stays.
   */
  async refresh(): Promise<void> {
    const version = await this.ports.rankings.version();
    const isDisbelieved = this.ports.clock.now() >= this.versionAt + BELIEVED_MS;
    if (isDisbelieved) this.version = version;
    this.hearOf(version);
    await this.replaceAll(this.due(ALWAYS_READY));
  }

  /** Resolves when everything that is asked for was replaced after the latest news, as far as it could be. */
  async settled(): Promise<void> {
    await this.warmingUp;
  }

  /** After a product was revised: makes every process that hears of it show the product as it is now. */
  async forgetProduct(productId: ProductId): Promise<void> {
    const { cache, events } = this.ports;
    try {
      const version = await this.knownVersion();
      await cache.invalidate(ALL_SUBJECTS.map((subject) => cacheKeyOf(version, subject)));
    } catch {
      // The revision is done. Whoever shows the product as it was does so until the next roll-up.
    }
    await events.publish({ type: 'ProductRevised', productId });
  }

  /** `watcher` hears of every ranking that this process replaces, or has for the first time. Returns how to stop. */
  watch(watcher: (change: PopularChange) => void): () => void {
    const own = (change: PopularChange): void => watcher(change);
    this.watchers.add(own);
    return () => this.watchers.delete(own);
  }

  counts(): PopularCounts {
    const { memory, stale, waited, cached: cache, built: database, failures } = this;
    const buildMs = this.buildMs.toSnapshot();
    const version = this.version ?? 0;
    return { version, memory, stale, waited, cache, database, failures, buildMs };
  }

  private moveOn(version: number): void {
    if (version <= (this.version ?? -1)) return;
    this.hearOf(version);
    this.replaceBehind(this.due([]));
  }

  /** Believes in a version that is not older than the one known, from now on. Returns the version that is believed in. */
  private hearOf(version: number): number {
    if (version < (this.version ?? 0)) return this.version ?? 0;
    this.version = version;
    this.versionAt = this.ports.clock.now();
    return version;
  }

  private outdate(productId: ProductId): void {
    this.revisions += 1;
    for (const entry of this.entries.values()) {
      if (entry.whole.items.some((item) => item.productId === productId)) entry.isOutdated = true;
    }
    this.replaceBehind(this.due([]));
  }

  private isStale({ whole, isOutdated, expiresAt }: Entry, now: Instant): boolean {
    return isOutdated || now >= expiresAt || whole.version !== this.version;
  }

  /** What must be replaced or is missing, `always` first; what is stale and was not asked for lately is forgotten. */
  private due(always: readonly Subject[]): readonly Subject[] {
    const now = this.ports.clock.now();
    const due = new Map(
      always
        .filter((subject) => {
          const entry = this.entries.get(keyOf(subject));
          return entry === undefined || this.isStale(entry, now);
        })
        .map((subject) => [keyOf(subject), subject]),
    );
    for (const [key, entry] of this.entries) {
      if (due.has(key) || !this.isStale(entry, now)) continue;
      if (now < entry.readAt + HOT_MS) due.set(key, entry.subject);
      else this.entries.delete(key);
    }
    return [...due.values()];
  }

  private async replaceAll(due: readonly Subject[]): Promise<void> {
    for (const subject of due) await this.replace(subject);
  }

  private replaceBehind(due: readonly Subject[]): void {
    // What fails is counted, and tried again by the next reader or refresh.
    const replaced = this.replaceAll(due).catch(() => {});
    this.warmingUp = this.warmingUp.then(() => replaced);
  }

  /** Callers at one time share one flight. */
  private replace(subject: Subject): Promise<Entry> {
    const key = keyOf(subject);
    const under = this.flights.get(key);
    if (under !== undefined) return under;
    const flight = this.load(subject)
      .catch((fault: unknown) => {
        this.failures += 1;
        throw fault;
      })
      .finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return flight;
  }

  private async load({ days, sort }: Subject): Promise<Entry> {
    const subject = { days, sort };
    const { revisions, version } = this;
    const whole = await this.fetch(subject);
    const newest = this.hearOf(whole.version);
    const hasMovedOn = version !== null && version < newest;
    if (hasMovedOn && whole.version < newest) return this.load(subject);
    const now = this.ports.clock.now();
    const previous = this.entries.get(keyOf(subject));
    const isBehind = previous !== undefined && whole.version < previous.whole.version;
    // What is newer than anything that is believed in was lost with the database that had it.
    if (isBehind && previous.whole.version <= newest) return previous;
    const entry: Entry = {
      subject,
      whole,
      views: new Map(),
      expiresAt: now + TTL_MS,
      isOutdated: revisions !== this.revisions,
      readAt: previous?.readAt ?? now,
      retryAt: now + RETRY_MS,
    };
    this.entries.set(keyOf(subject), entry);
    const top = (limit: number): PopularView => beginningOf(entry, limit);
    const change = { ...subject, current: whole, previous: previous?.whole ?? null, top };
    for (const watcher of this.watchers) watcher(change);
    return entry;
  }

  /** From the shared cache, else from the database. */
  private async fetch(subject: Subject): Promise<PopularView> {
    const version = await this.knownVersion();
    if (version === 0) return this.nothingYet(subject);
    let built: PopularView | undefined;
    const build = async (): Promise<string | undefined> => {
      built = await this.build(subject);
      // A replica may be behind: what it has belongs under an older key.
      return built.version < version ? undefined : JSON.stringify(built);
    };
    const kept = await this.ports.cache.read(cacheKeyOf(version, subject), TTL_MS, build);
    if (built !== undefined) return built;
    if (kept === undefined) return this.build(subject);
    this.cached += 1;
    return JSON.parse(kept) as PopularView;
  }

  private async build(subject: Subject): Promise<PopularView> {
    const { rankings, catalogue, stopwatch } = this.ports;
    const began = stopwatch?.() ?? 0;
    const stored = await rankings.find(subject.days, subject.sort);
    if (stored === undefined) return this.nothingYet(subject);
    const listed = stored.places.slice(0, POPULAR_LIMITS.limit);
    const products = await catalogue.findMany(listed.map(({ productId }) => productId));
    this.built += 1;
    if (stopwatch !== undefined) this.buildMs.add(stopwatch() - began);
    return popularViewOf(stored, products, POPULAR_LIMITS.limit);
  }

  private nothingYet({ days, sort }: Subject): PopularView {
    const { clock, calendar } = this.ports;
    const now = clock.now();
    const period = { from: calendar.firstOfLastDays(days, now), to: calendar.dayOf(now), days };
    return { version: 0, period, sort, totalQuantity: 0, computedAt: now, items: [] };
  }

  private async knownVersion(): Promise<number> {
    if (this.version !== null) return this.version;
    // News may have come meanwhile.
    return this.hearOf(await this.ports.rankings.version());
  }
}

function beginningOf({ whole, views }: Entry, limit: number): PopularView {
  const known = views.get(limit);
  if (known !== undefined) return known;
  const view = { ...whole, items: whole.items.slice(0, limit) };
  views.set(limit, view);
  return view;
}
