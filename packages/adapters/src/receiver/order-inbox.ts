import type { OrderMessage } from './verify-message.js';

/**
 * What to do with a message. NEW: act on it. DUPLICATE: it is here already; answer 200, and do nothing. AHEAD: it is new,
 * but an earlier one of its order is not here; the shop does not send in that order, so something was lost on this side.
 */
export type Arrival = 'NEW' | 'DUPLICATE' | 'AHEAD';

/** An order, and the messages about it that are not here though a later one is. */
export interface Gap {
  readonly orderId: number;
  /** Their sequences, ascending. */
  readonly missing: readonly number[];
}

const REMEMBER = 100_000;

/**
 * Knows which messages are here: it keeps the last hundred thousand ids, and the sequences of as many orders, in memory. A
 * receiver who must not act twice after a restart keeps both in its database, in the transaction of what it does; the rules
 * are these.
 */
export class OrderInbox {
  private readonly ids = new Set<string>();
  private readonly sequences = new Map<number, Set<number>>();

  /** `remember`: how many messages, and how many orders. */
  constructor(private readonly remember = REMEMBER) {}

  /** Takes a message in, and tells what it is. */
  take({ id, orderId, sequence }: OrderMessage): Arrival {
    if (this.ids.has(id)) return 'DUPLICATE';
    this.ids.add(id);
    const known = this.sequences.get(orderId) ?? new Set();
    known.add(sequence);
    // Again to the end: what was heard of last is forgotten last.
    this.sequences.delete(orderId);
    this.sequences.set(orderId, known);
    dropFirst(this.ids, this.remember);
    dropFirst(this.sequences, this.remember);
    return known.size === sequence && Math.max(...known) === sequence ? 'NEW' : 'AHEAD';
  }

  /** What is missing, by order. */
  gaps(): readonly Gap[] {
    return [...this.sequences].flatMap(([orderId, known]) => {
      const missing = upTo(Math.max(...known)).filter((sequence) => !known.has(sequence));
      return missing.length === 0 ? [] : [{ orderId, missing }];
    });
  }
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, at) => at + 1);

function dropFirst<Key>(of: Set<Key> | Map<Key, unknown>, most: number): void {
  for (const key of of.keys()) {
    if (of.size <= most) return;
    of.delete(key);
  }
}
