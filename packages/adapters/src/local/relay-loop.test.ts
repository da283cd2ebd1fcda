import { afterEach, describe, expect, it } from '@jest/globals';
import type { DeliveryRelay } from '@jumun/application';
import { InProcessEventBus } from './in-process-event-bus.js';
import type { RunningJob } from './periodic-job.js';
import { startRelayLoop } from './relay-loop.js';

const HOUR_MS = 3_600_000;

/** A relay of which only the calls are of interest. */
class CountedRelay implements Pick<DeliveryRelay, 'claim' | 'room' | 'close'> {
  claims = 0;
  rooms = 0;
  isClosed = false;
  /** What the next claims answer; after that there is nothing more. */
  answers: (boolean | Error)[] = [];
  private waiting: { claims: number; resume: () => void } | undefined;

  async claim(): Promise<boolean> {
    this.claims += 1;
    if (this.waiting !== undefined && this.claims >= this.waiting.claims) this.waiting.resume();
    const answer = this.answers.shift() ?? false;
    if (answer instanceof Error) throw answer;
    return answer;
  }

  async room(): Promise<void> {
    this.rooms += 1;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  /** Resolves when it has been called so often. */
  claimed(claims: number): Promise<void> {
    return new Promise((resume) => {
      if (this.claims >= claims) resume();
      else this.waiting = { claims, resume };
    });
  }
}

describe('The loop that keeps a relay at work', () => {
  const events = new InProcessEventBus();
  let running: RunningJob | undefined;
  afterEach(() => running?.stop());
  const start = (relay: CountedRelay, pollMs: number, onFault = (_fault: unknown) => {}) => {
    running = startRelayLoop(relay as unknown as DeliveryRelay, { pollMs, events, onFault });
    return running;
  };

  it('looks at once, and then when it hears of new messages', async () => {
    const relay = new CountedRelay();
    start(relay, HOUR_MS);
    await relay.claimed(1);
    for (const claims of [2, 3]) {
      await events.publish({ type: 'RankingsChanged', version: 1 });
      await new Promise((resume) => setImmediate(resume));
      expect(relay.claims).toBe(claims - 1);
      await events.publish({ type: 'DeliveriesWaiting' });
      await relay.claimed(claims);
    }
  });

  it('looks again when it heard of new messages while it was looking', async () => {
    const relay = new CountedRelay();
    start(relay, HOUR_MS);
    await events.publish({ type: 'DeliveriesWaiting' });
    await relay.claimed(2);
    expect(relay.rooms).toBe(0);
  });

  it('looks now and then though it hears of nothing', async () => {
    const relay = new CountedRelay();
    start(relay, 1);
    await relay.claimed(5);
    expect(relay.rooms).toBe(0);
  });

  it('goes on at once while there is more, as soon as there is room', async () => {
    const relay = new CountedRelay();
    relay.answers = [true, true, true];
    start(relay, HOUR_MS);
    await relay.claimed(4);
    expect(relay.rooms).toBe(3);
  });

  it('tells of a look that failed, and looks again', async () => {
    const relay = new CountedRelay();
    const faults: unknown[] = [];
    relay.answers = [new Error('away')];
    start(relay, 1, (fault) => faults.push(fault));
    await relay.claimed(2);
    expect(faults).toEqual([new Error('away')]);
  });

  it('stops at once, and when the relay has written down everything', async () => {
    const relay = new CountedRelay();
    const loop = start(relay, HOUR_MS);
    await relay.claimed(1);
    await loop.stop();
    expect(relay.isClosed).toBe(true);
    await events.publish({ type: 'DeliveriesWaiting' });
    expect(relay.claims).toBe(1);
  });
});
