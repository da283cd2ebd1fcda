import type { RelayWatcher } from '@jumun/application';

/** The part of a log that is written to. */
export interface RelayLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** In an outage there are as many failures as there are orders: so many lines a second say it. */
const LINES_PER_SECOND = 5;
const SECOND_MS = 1_000;

/** Tells the log what an operator should know. No line says what is in a message, or where it goes. */
export function relayWatcher(
  log: RelayLog,
  now: () => number = () => performance.now(),
): RelayWatcher {
  const lines = new FewLines(now);
  return {
    circuit: (state) => {
      if (state === 'OPEN') log.warn({}, 'the data platform is away: messages wait');
      else log.info({}, 'the data platform is back: what failed is sent again');
    },
    failed: (delivery) =>
      lines.say((unsaid) => log.warn({ ...delivery, unsaid }, 'a message failed')),
    stale: (delivery) =>
      lines.say((unsaid) =>
        log.error({ ...delivery, unsaid }, 'a message was taken over while it was being sent'),
      ),
    unsettled: (delivery, fault) =>
      lines.say((unsaid) =>
        log.error(
          { ...delivery, unsaid, err: fault },
          'the outcome of an attempt could not be written down',
        ),
      ),
  };
}

/** Lets a few lines through each second, and tells the next one how many were not. */
class FewLines {
  private since = Number.NEGATIVE_INFINITY;
  private said = 0;
  private unsaid = 0;

  constructor(private readonly now: () => number) {}

  say(line: (unsaid: number) => void): void {
    const now = this.now();
    if (now - this.since >= SECOND_MS) {
      this.since = now;
      this.said = 0;
    }
    if (this.said === LINES_PER_SECOND) {
      this.unsaid += 1;
      return;
    }
    this.said += 1;
    line(this.unsaid);
    this.unsaid = 0;
  }
}
