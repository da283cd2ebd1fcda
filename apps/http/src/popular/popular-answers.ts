import type { PopularChange, PopularQuery, PopularView, Shop } from '@jumun/application';
import type { Exchange } from '../edge/exchange.js';
import { PreparedAnswer } from '../edge/prepared-answer.js';
import { checkQuery } from '../edge/validation.js';
import { popularJson } from '../representation.js';
import { popularQuery } from './popular-query.js';

/** Somebody else may keep an answer for ten seconds, and show it for a minute more while fetching the next one. */
const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'public, max-age=10, stale-while-revalidate=60',
};

/** An answer that nobody asked for while its ranking was replaced so many times is forgotten. */
const MOST_IDLE = 3;
/** Longer queries are read every time, and only so many different ones are remembered. */
const LONGEST_REMEMBERED = 100;
const MOST_REMEMBERED = 1_000;

/** One answer: what it is to, and what it is made of. */
interface Slot {
  readonly query: PopularQuery;
  view: PopularView;
  answer: PreparedAnswer;
  /** How often its ranking was replaced since somebody asked for it. */
  idle: number;
}

/** What somebody asks for, and the key of the slot that has it. */
interface Asked {
  readonly query: PopularQuery;
  readonly key: string;
}

/** What the answers were asked for. */
export interface PopularAnswersCounts {
  /** Requests that were answered with prepared bytes ahead of everything else. */
  readonly ahead: number;
  /** Answers that were prepared. */
  readonly prepared: number;
  /** Answers that are kept now. */
  readonly kept: number;
}

const keyOf = ({ days, sort, limit }: PopularQuery): string => `${days} ${sort} ${limit}`;

/**
 * The popular products as bytes, made when a ranking is made and not when somebody asks. Whoever asks for what is there is
 * answered within the turn of the event loop in which the request was read.
 */
export class PopularAnswers {
  private readonly slots = new Map<string, Slot>();
  /** Queries as they were written, and what they ask for. */
  private readonly written = new Map<string, Asked>();
  private ahead = 0;
  private prepared = 0;

  constructor(private readonly shop: Shop) {
    shop.watchPopular((change) => this.replace(change));
  }

  /** Answers at once, unless the query is not valid or its answer must be prepared first; whether it did. */
  answer(exchange: Exchange, search: string): boolean {
    const asked = this.written.get(search) ?? this.read(search);
    if (asked === undefined) return false;
    const slot = this.slots.get(asked.key);
    if (slot === undefined) return false;
    const view = this.shop.peekPopular(asked.query);
    if (view === undefined) return false;
    this.renew(slot, view);
    slot.idle = 0;
    this.ahead += 1;
    slot.answer.send(exchange);
    return true;
  }

  /** The answer to a query, made if there is none. Rejects when there is no ranking to be had. */
  async prepare(query: PopularQuery): Promise<PreparedAnswer> {
    const view = await this.shop.readPopular(query);
    const known = this.slots.get(keyOf(query));
    const { answer } = known?.view === view ? known : this.newSlot(query, view);
    await answer.compress();
    return answer;
  }

  counts(): PopularAnswersCounts {
    return { ahead: this.ahead, prepared: this.prepared, kept: this.slots.size };
  }

  private newSlot(query: PopularQuery, view: PopularView): Slot {
    const slot: Slot = { query, view, answer: this.answerOf(view), idle: 0 };
    this.slots.set(keyOf(query), slot);
    return slot;
  }

  private answerOf(view: PopularView): PreparedAnswer {
    this.prepared += 1;
    return new PreparedAnswer(JSON.stringify(popularJson(view)), HEADERS);
  }

  /** Makes the answers of a ranking anew. They can be sent at once, and compressed a moment later. */
  private replace({ days, sort, top }: PopularChange): void {
    for (const [key, slot] of this.slots) {
      if (slot.query.days !== days || slot.query.sort !== sort) continue;
      slot.idle += 1;
      if (slot.idle > MOST_IDLE) this.slots.delete(key);
      else this.renew(slot, top(slot.query.limit));
    }
  }

  private renew(slot: Slot, view: PopularView): void {
    if (slot.view === view) return;
    slot.view = view;
    slot.answer = this.answerOf(view);
    // Without it, everybody gets the bytes as they are.
    slot.answer.compress().catch(() => {});
  }

  private read(search: string): Asked | undefined {
    const query = checkQuery(popularQuery, new URLSearchParams(search)).unwrapOr(undefined);
    if (query === undefined) return undefined;
    const asked = { query, key: keyOf(query) };
    if (search.length > LONGEST_REMEMBERED) return asked;
    if (this.written.size >= MOST_REMEMBERED) this.written.clear();
    this.written.set(search, asked);
    return asked;
  }
}
