import type { Latency } from './latency.ts';

/** What one customer does in one go. */
export type Journey =
  /** Places an order of one piece of one product, picked by chance, and pays it: two requests, `create` and `pay`. */
  | {
      readonly kind: 'ORDER';
      readonly products: readonly number[];
      /**
       * Whether a customer who holds an order and is told that the service is busy pays it again, after the time that they
       * are told to wait.
       */
      readonly payAgain?: boolean;
    }
  /** Reads what is at one of these paths, each in turn, without a token: one request, `read`. */
  | { readonly kind: 'READ'; readonly paths: readonly string[] };

/** When journeys begin. */
export type Pace =
  /** On every connection, as soon as the one before it has ended. */
  | { readonly kind: 'CLOSED' }
  /** So many a second, whatever becomes of those before; each counts from the time at which it was due. */
  | { readonly kind: 'OPEN'; readonly perSecond: number };

export interface Scenario {
  /** Base URLs; connections are spread over them in turn. */
  readonly urls: readonly string[];
  readonly connections: number;
  /** Journeys are made by customers `first`, `first + 1` ... in turn, `count` of them. */
  readonly customers: { readonly first: number; readonly count: number };
  readonly journey: Journey;
  readonly pace: Pace;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Statuses that are all right beside 2xx: 503 where a service is to be overloaded. */
  readonly alsoExpected?: readonly number[];
}

/** What came of a scenario. Only `acknowledged`, `unexpected` and `unexpectedCount` tell of the warm-up as well. */
export interface LoadResult {
  /**
   * Journeys a second, by the requests that were answered by 2xx: an order counts half when it is placed and half when it is
   * paid. Customers who all began at once go on in waves, and a window need not fall on whole ones.
   */
  readonly perSecond: number;
  /** Of journeys that ended well, whole. */
  readonly latency: Latency;
  /** Of requests that were answered by 2xx, by step: `create`, `pay`, `read`. */
  readonly steps: Readonly<Record<string, Latency>>;
  /** Answers by status; what got no answer is `0`. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Problems by code. */
  readonly byCode: Readonly<Record<string, number>>;
  /**
   * At a rate: how late the generator itself was to see that journeys were due. It is a part of their latency; where it is a
   * large one, the machine was too small for generator and service together.
   */
  readonly lateness: Latency;
  /** Journeys that were due and were never begun: all connections were busy until the end. */
  readonly notSent: number;
  /** Answers of 503 or 429 that did not say when to come again. */
  readonly withoutRetryAfter: number;
  /** Ids of the orders that were acknowledged as paid. */
  readonly acknowledged: readonly number[];
  /** The first answers that nobody should get, as sentences; and how many there were. */
  readonly unexpected: readonly string[];
  readonly unexpectedCount: number;
}
