import type { PopularChange, PopularQuery, PopularView, Shop } from '@jumun/application';
import type { EventStream, EventStreams } from '../edge/event-streams.js';
import type { Exchange } from '../edge/exchange.js';
import {
  differ,
  isBefore,
  type Message,
  type Position,
  positionField,
  positionIn,
  rankingMessage,
  trendMessages,
} from './popular-messages.js';

/** Who comes back after more changes than this is told how things are now, and not how they came about. */
const REMEMBERED_CHANGES = 12;
/** Rankings that somebody listens to are asked for so often, lest the shop forget them. */
const STILL_WANTED_MS = 60_000;

type Subject = Pick<PopularQuery, 'days' | 'sort'>;

/** A ranking, and the one before it in this process. */
interface Step {
  readonly view: PopularView;
  /** Null where we do not know what was before. */
  readonly previous: PopularView | null;
}

/** Listeners who want to hear the same. */
interface Audience {
  readonly query: PopularQuery;
  readonly streams: Set<EventStream>;
}

const subjectKey = ({ days, sort }: Subject): string => `${days} ${sort}`;
const queryKey = (query: PopularQuery): string => `${subjectKey(query)} ${query.limit}`;

/** The first `limit` places. */
const topOf = (view: PopularView, limit: number): PopularView => ({
  ...view,
  items: view.items.slice(0, limit),
});

/** What there is to tell about a ranking to who knows the one before. */
function messagesOf({ view, previous }: Step, limit: number): readonly Message[] {
  const top = topOf(view, limit);
  const hasChanged = previous !== null && differ(top, topOf(previous, limit));
  return [...(hasChanged ? [rankingMessage(top)] : []), ...trendMessages(top, limit)];
}

/** Tells listeners how the popular products change: a ranking when its top has changed, and trends. */
export class PopularEvents {
  /** By ranking, how it came to be what it is; the latest last. */
  private readonly steps = new Map<string, readonly Step[]>();
  private readonly audiences = new Map<string, Audience>();
  private wanting: NodeJS.Timeout | undefined;

  constructor(
    private readonly shop: Shop,
    private readonly streams: EventStreams,
  ) {
    shop.watchPopular((change) => this.tell(change));
  }

  /**
   * Begins a stream. A client that names what it heard last hears what came after; if we do not know that any more, how
   * things are now. Rejects when there is no ranking to be had.
   */
  async open(query: PopularQuery): Promise<(exchange: Exchange) => void> {
    const view = await this.shop.readPopular(query);
    return (exchange) => {
      const heard = positionIn(exchange.request.headers['last-event-id']);
      this.begin(exchange, query, this.shop.peekPopular(query) ?? view, heard);
    };
  }

  /** Whether there is no room for one more stream. */
  get isFull(): boolean {
    return this.streams.isFull;
  }

  /** Ends every stream. */
  async close(): Promise<void> {
    clearInterval(this.wanting);
    await this.streams.close();
  }

  private begin(
    exchange: Exchange,
    query: PopularQuery,
    view: PopularView,
    heard: Position | null,
  ): void {
    const isResuming = exchange.request.headers['last-event-id'] !== undefined;
    const first = isResuming ? this.whatCameAfter(heard, query, view) : startOf(view, query.limit);
    const key = queryKey(query);
    const audience = this.audiences.get(key) ?? { query, streams: new Set<EventStream>() };
    const stream = this.streams.open(exchange, first, () => {
      if (stream !== null) audience.streams.delete(stream);
      if (audience.streams.size === 0) this.audiences.delete(key);
    });
    if (stream === null) return;
    audience.streams.add(stream);
    this.audiences.set(key, audience);
    this.wanting ??= this.keepWanting();
  }

  private whatCameAfter(heard: Position | null, query: PopularQuery, view: PopularView): string {
    const { limit } = query;
    const steps = this.steps.get(subjectKey(query)) ?? [];
    const isKnown =
      heard !== null &&
      heard.version <= view.version &&
      steps.some((step) => step.view.version <= heard.version);
    const missed = isKnown
      ? steps.flatMap((step) => messagesOf(step, limit)).filter((each) => isBefore(heard, each))
      : [rankingMessage(topOf(view, limit))];
    return `${missed.map(({ text }) => text).join('')}${startOf(view, limit)}`;
  }

  private tell(change: PopularChange): void {
    const { current } = change;
    const key = subjectKey(change);
    const steps = this.steps.get(key) ?? [];
    const last = steps.at(-1)?.view;
    // A product in it was revised, or its time was over: nothing has happened in the ranking.
    if (last?.version === current.version) return;
    // What was not asked for was not followed: nobody knows what was between.
    // A version that goes back is that of a database that was restored: what came after it never was.
    const isFollowed =
      change.previous !== null && last !== undefined && last.version < current.version;
    const step: Step = { view: current, previous: isFollowed ? last : null };
    this.steps.set(key, isFollowed ? [...steps, step].slice(-REMEMBERED_CHANGES) : [step]);
    if (!isFollowed) return;
    for (const { query, streams } of this.audiences.values()) {
      if (subjectKey(query) !== key) continue;
      const text = messagesOf(step, query.limit).map((message) => message.text);
      if (text.length > 0) this.streams.tell([...streams], text.join(''));
    }
  }

  private keepWanting(): NodeJS.Timeout {
    const timer = setInterval(() => {
      for (const { query } of this.audiences.values()) this.shop.peekPopular(query);
    }, STILL_WANTED_MS);
    return timer.unref();
  }
}

/** Where a listener stands who knows all that there is to know of this ranking. */
function startOf(view: PopularView, limit: number): string {
  const number = trendMessages(topOf(view, limit), limit).length;
  return `${positionField({ version: view.version, number })}\n`;
}
