import type { DeliveryRelay, EventBus } from '@jumun/application';
import type { RunningJob } from './periodic-job.js';

export interface RelayLoopOptions {
  /** How often the relay looks for messages, whether or not it has heard of any, in milliseconds. */
  readonly pollMs: number;
  /** Tells of new messages. */
  readonly events: EventBus;
  /** Hears of looks that failed; the next one comes all the same. */
  readonly onFault: (fault: unknown) => void;
}

/** Keeps a relay at work: it looks when it hears of new messages, when it has room for more, and now and then. */
export function startRelayLoop(relay: DeliveryRelay, options: RelayLoopOptions): RunningJob {
  const { pollMs, events, onFault } = options;
  const bell = new Bell();
  const deaf = events.subscribe(({ type }) => {
    if (type === 'DeliveriesWaiting') bell.ring();
  });
  const stopping = new AbortController();
  const repeat = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        if (await relay.claim()) await relay.room();
        else await bell.rung(pollMs);
      } catch (fault) {
        onFault(fault);
        await bell.rung(pollMs);
      }
    }
    await relay.close();
  };
  const running = repeat();
  return {
    stop() {
      stopping.abort();
      deaf();
      bell.ring();
      return running;
    },
  };
}

/** Wakes who waits; one that rings while nobody waits wakes the next one. */
class Bell {
  private hasRung = false;
  private wake: (() => void) | null = null;

  ring(): void {
    if (this.wake === null) this.hasRung = true;
    else this.wake();
  }

  /** Resolves when it rings, or has rung since the last time, or after `milliseconds`. */
  rung(milliseconds: number): Promise<void> {
    if (this.hasRung) {
      this.hasRung = false;
      return Promise.resolve();
    }
    return new Promise((resume) => {
      const timer = setTimeout(() => this.wake?.(), milliseconds);
      this.wake = () => {
        this.wake = null;
        clearTimeout(timer);
        resume();
      };
    });
  }
}
