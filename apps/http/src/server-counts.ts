import type { EventStreamsCounts } from './edge/event-streams.js';
import type { RequestCounts } from './edge/request-tally.js';
import type { PopularAnswersCounts } from './popular/popular-answers.js';

/** What the server itself has done; the rest is told by `Shop.counts`. */
export interface ServerCounts {
  readonly popular: PopularAnswersCounts;
  readonly streams: EventStreamsCounts;
  readonly requests: RequestCounts;
  /** Connections that are open now. */
  readonly connections: number;
  /** What came over a connection and never became a request. */
  readonly malformed: number;
}
