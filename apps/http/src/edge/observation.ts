import { RequestTrace } from '@jumun/adapters';
import type { Logger } from 'pino';
import { LogSample, tell, whenOver } from './access-log.js';
import type { Exchange } from './exchange.js';
import type { RequestTally } from './request-tally.js';

/** What is answered ahead of everything has at most so many lines in the log each second, and so have a route's refusals. */
const LINES_PER_SECOND = 100;

const [FIRST_REFUSAL, LAST_REFUSAL] = [400, 499];
const isRefusal = (status: number): boolean => status >= FIRST_REFUSAL && status <= LAST_REFUSAL;

/** Milliseconds since the process began. */
export const sinceStart = (): number => performance.now();

export interface Observers {
  readonly logger: Logger;
  /** Where requests are counted; without it they are not. */
  readonly tally?: RequestTally | null;
  /** Whether requests are traced; unless told otherwise, they are not. */
  readonly isTraced?: boolean;
  /** The milliseconds by which lines a second are counted; unless told otherwise, those since the process began. */
  readonly now?: () => number;
}

/** Sees every request through, from its arrival to its end: a line in the log, a count, and a trace where that is on. */
export class Observation {
  private readonly ahead: LogSample;
  private readonly refusals = new Map<string | undefined, LogSample>();

  constructor(private readonly observers: Observers) {
    this.ahead = this.sample();
  }

  /** A request has arrived. */
  begin(exchange: Exchange): void {
    if (this.observers.isTraced !== true) return;
    const { request, requestId } = exchange;
    const trace = RequestTrace.begin(request.method ?? '', request.headers, requestId);
    if (trace !== undefined) exchange.trace = trace;
  }

  /** It was answered already, as very many are: what this costs counts. */
  answeredAhead(exchange: Exchange): void {
    this.count(exchange);
    const more = this.ahead.take();
    if (more === undefined) return;
    whenOver(exchange, (durationMs) => tell(exchange, this.observers.logger, durationMs, more));
  }

  /** It was refused before anything was done for it: counted, and told by nobody but who refused it. */
  refused(exchange: Exchange): void {
    this.count(exchange);
  }

  /** It is being served, and will be told of when it is over. */
  serving(exchange: Exchange): void {
    const { logger, tally } = this.observers;
    tally?.begun();
    whenOver(exchange, (durationMs) => {
      const { request, response, route, trace } = exchange;
      const isAborted = !response.writableFinished;
      tally?.ended();
      tally?.note(route, request.method, isAborted ? null : response.statusCode, durationMs);
      trace?.end({ route, status: response.statusCode, isAborted });
      const more = isRefusal(response.statusCode) ? this.refusalsOf(route).take() : {};
      if (more !== undefined) tell(exchange, logger, durationMs, more);
    });
  }

  private refusalsOf(route: string | undefined): LogSample {
    let sample = this.refusals.get(route);
    if (sample === undefined) {
      sample = this.sample();
      this.refusals.set(route, sample);
    }
    return sample;
  }

  private sample(): LogSample {
    return new LogSample(LINES_PER_SECOND, this.observers.now ?? sinceStart);
  }

  /** Its answer was sent already. */
  private count(exchange: Exchange): void {
    const { tally } = this.observers;
    const { request, response, route, since, trace } = exchange;
    tally?.note(route, request.method, response.statusCode, performance.now() - since);
    trace?.end({ route, status: response.statusCode, isAborted: false });
  }
}
