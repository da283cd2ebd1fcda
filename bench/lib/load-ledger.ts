import { LatencyMeter } from './latency.ts';
import type { Heard } from './load-connection.ts';
import { type Arrival, isOk } from './load-journeys.ts';
import type { LoadResult, Scenario } from './scenario.ts';

/** A span by `performance.now()`. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const UNEXPECTED_KEPT = 5;
const SAID_AT_MOST = 300;

/**
 * Writes down what happens during a run. Rates count what ends within the window; latencies are those of what was due
 * within it, however late it ends.
 */
export class LoadLedger {
  private readonly journeys = new LatencyMeter();
  private readonly lateness = new LatencyMeter();
  private readonly steps = new Map<string, LatencyMeter>();
  private readonly byStatus = new Map<string, number>();
  private readonly byCode = new Map<string, number>();
  private readonly acknowledged: number[] = [];
  private readonly unexpected: string[] = [];
  private unexpectedCount = 0;
  private withoutRetryAfter = 0;
  private requestsDone = 0;
  notSent = 0;

  private readonly window: Window;
  private readonly alsoExpected: readonly number[];
  private readonly requestsPerJourney: number;

  constructor(window: Window, { journey, alsoExpected = [] }: Scenario) {
    this.window = window;
    this.alsoExpected = alsoExpected;
    this.requestsPerJourney = journey.kind === 'ORDER' ? 2 : 1;
  }

  /** A journey that was due then is begun now, if there is a connection for it. */
  seen(due: number): void {
    if (this.isWithin(due)) this.lateness.record(performance.now() - due);
  }

  /** A request that was due then is answered now. */
  step(step: string, due: number, heard: Heard): void {
    const { status, retryAfter } = heard;
    const ok = isOk(status);
    if (!ok && !this.alsoExpected.includes(status)) this.surprise(step, heard);
    if ((status === 503 || status === 429) && retryAfter === null) this.withoutRetryAfter += 1;
    const now = performance.now();
    if (ok && this.isWithin(now)) this.requestsDone += 1;
    if (!this.isWithin(due)) return;
    count(this.byStatus, String(status));
    if (ok) this.meter(step).record(now - due);
    else if (status !== 0) count(this.byCode, codeOf(heard.text));
  }

  /** A journey that was due then has ended now. */
  journey(due: number, { ok, paid }: Arrival): void {
    if (paid !== null) this.acknowledged.push(paid);
    if (ok && this.isWithin(due)) this.journeys.record(performance.now() - due);
  }

  /** `seconds` is how long the window was open. */
  result(seconds: number): LoadResult {
    const { acknowledged, unexpected, unexpectedCount, withoutRetryAfter, notSent } = this;
    return {
      perSecond: this.requestsDone / this.requestsPerJourney / seconds,
      latency: this.journeys.latency,
      steps: Object.fromEntries([...this.steps].map(([step, { latency }]) => [step, latency])),
      byStatus: Object.fromEntries(this.byStatus),
      byCode: Object.fromEntries(this.byCode),
      lateness: this.lateness.latency,
      notSent,
      withoutRetryAfter,
      acknowledged,
      unexpected,
      unexpectedCount,
    };
  }

  private isWithin(time: number): boolean {
    return time >= this.window.from && time < this.window.to;
  }

  private meter(step: string): LatencyMeter {
    const known = this.steps.get(step);
    if (known !== undefined) return known;
    const meter = new LatencyMeter();
    this.steps.set(step, meter);
    return meter;
  }

  private surprise(step: string, { status, text }: Heard): void {
    this.unexpectedCount += 1;
    if (this.unexpected.length < UNEXPECTED_KEPT) {
      this.unexpected.push(`${step} was answered ${status}: ${text.slice(0, SAID_AT_MOST)}`);
    }
  }
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

function codeOf(text: string): string {
  try {
    const { code } = JSON.parse(text) as { readonly code?: unknown };
    return String(code);
  } catch {
    return 'not a problem';
  }
}
