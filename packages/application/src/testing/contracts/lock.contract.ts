import type { HoldSignal, Lock } from '../../ports/lock.js';
import { type Contract, must, mustEqual, mustReject } from './contract.js';

export interface LockHarness {
  readonly lock: Lock;
  /** The same lock as another process has it. */
  readonly rival: Lock;
  /** Lets `milliseconds` go by as the lock counts them. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

const MINUTE = 60_000;
const SHORT = 300;

/** A point that works reach, and that others wait for. */
function aGate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: (): void => open(), opened };
}

/** Works that say how many of them are inside at once. */
function aRoom() {
  let inside = 0;
  let most = 0;
  return {
    get most() {
      return most;
    },
    visit: async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      inside -= 1;
    },
  };
}

const holding: Contract<LockHarness> = [
  {
    sentence: 'answers what the work answers, and tells it that the hold lasts',
    async check({ lock }) {
      const answer = await lock.withLock(['a'], MINUTE, async (signal) => [signal.aborted, 7]);
      mustEqual(answer, [false, 7], 'the answer');
    },
  },
  {
    sentence: 'lets one work in at a time for one key',
    async check({ lock, rival }) {
      const room = aRoom();
      const locks = [lock, rival, lock, rival, lock, lock];
      await Promise.all(locks.map((each) => each.withLock(['a'], MINUTE, room.visit)));
      mustEqual(room.most, 1, 'how many were inside at once');
    },
  },
  {
    sentence: 'keeps a second work out for as long as the first one is inside',
    async check({ lock, rival }) {
      const [entered, leave] = [aGate(), aGate()];
      const order: string[] = [];
      const first = lock.withLock(['a'], MINUTE, async () => {
        entered.open();
        await leave.opened;
        order.push('first');
      });
      await entered.opened;
      const second = rival.withLock(['a'], MINUTE, async () => {
        order.push('second');
      });
      await lock.withLock(['b'], MINUTE, async () => undefined);
      mustEqual(order, [], 'who was through while the first one was inside');
      leave.open();
      await Promise.all([first, second]);
      mustEqual(order, ['first', 'second'], 'the order');
    },
  },
  {
    sentence: 'lets works with different keys in together',
    async check({ lock, rival }) {
      const [first, second] = [aGate(), aGate()];
      await Promise.all([
        lock.withLock(['a'], MINUTE, async () => {
          first.open();
          await second.opened;
        }),
        rival.withLock(['b'], MINUTE, async () => {
          second.open();
          await first.opened;
        }),
      ]);
    },
  },
  {
    sentence: 'lets everybody through who wants several keys, in whatever order they are named',
    async check({ lock, rival }) {
      const room = aRoom();
      await Promise.all([
        lock.withLock(['a', 'b', 'c'], MINUTE, room.visit),
        rival.withLock(['c', 'b', 'a'], MINUTE, room.visit),
        lock.withLock(['b', 'c', 'a'], MINUTE, room.visit),
        rival.withLock(['b', 'b'], MINUTE, room.visit),
      ]);
      mustEqual(room.most, 1, 'how many were inside at once');
    },
  },
  {
    sentence: 'lets a work without keys in',
    async check({ lock }) {
      mustEqual(await lock.withLock([], MINUTE, async () => 'in'), 'in', 'the answer');
    },
  },
];

const ending: Contract<LockHarness> = [
  {
    sentence: 'lets the next one in when a work rejects, and rejects with its fault',
    async check({ lock, rival }) {
      const fault = new Error('it went wrong');
      const failing = lock.withLock(['a', 'b'], MINUTE, async () => {
        throw fault;
      });
      mustEqual((await mustReject(failing, 'a work that rejects')) === fault, true, 'its fault');
      const sudden = lock.withLock(['a', 'b'], MINUTE, () => {
        throw fault;
      });
      mustEqual((await mustReject(sudden, 'a work that throws')) === fault, true, 'its fault');
      mustEqual(await rival.withLock(['b', 'a'], MINUTE, async () => 'in'), 'in', 'the next one');
    },
  },
  {
    sentence: 'ends a hold with its time: the signal aborts, and the next one comes in',
    async check({ lock, rival, pass }) {
      const [entered, leave] = [aGate(), aGate()];
      let signal: HoldSignal | undefined;
      const hanging = lock.withLock(['a'], SHORT, async (mine) => {
        signal = mine;
        entered.open();
        await leave.opened;
        return 'late';
      });
      await entered.opened;
      must(signal !== undefined, 'the work is given a signal');
      mustEqual(signal.aborted, false, 'whether the signal aborted at first');
      const next = rival.withLock(['a'], MINUTE, async () => 'in');
      await pass(SHORT);
      mustEqual(await next, 'in', 'the next one');
      mustEqual(signal.aborted, true, 'whether the signal aborted when the time was over');
      leave.open();
      mustEqual(await hanging, 'late', 'the answer of the work that took too long');
    },
  },
  {
    sentence: 'does not let the late end of an old hold end a new one',
    async check({ lock, rival, pass }) {
      const [entered, leave, taken, done] = [aGate(), aGate(), aGate(), aGate()];
      const old = lock.withLock(['a'], SHORT, async () => {
        entered.open();
        await leave.opened;
      });
      await entered.opened;
      const order: string[] = [];
      const owner = rival.withLock(['a'], MINUTE, async () => {
        taken.open();
        await done.opened;
        order.push('owner');
      });
      await pass(SHORT);
      await taken.opened;
      leave.open();
      await old;
      const third = lock.withLock(['a'], MINUTE, async () => {
        order.push('third');
      });
      await lock.withLock(['b'], MINUTE, async () => undefined);
      mustEqual(order, [], 'who was through while the new owner was inside');
      done.open();
      await Promise.all([owner, third]);
      mustEqual(order, ['owner', 'third'], 'the order');
    },
  },
];

/** What a lock owes that can be had. */
export const lockContract: Contract<LockHarness> = [...holding, ...ending];
