import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { HoldSignal, Lock } from '@jumun/application';
import bluebird from 'bluebird';
import { type RedisServer, startRedis } from '../testing/servers/redis-server.js';
import { redisNamespace } from '../testing/servers/temporary.js';
import { RedlockLock } from './redlock-lock.js';
import { ANSWER_MS, AT_ONCE_MS, Connections, duration, until } from './testing/connected.js';

const MINUTE = 60_000;
/** As the lock's connections are in production, only slower. */
const IMPATIENT = { answerMs: ANSWER_MS, patience: 1 };
/** Whoever finds a lock taken waits for longer than this. */
const GIVES_UP_MS = 900;

const nothing = async (): Promise<void> => {};

/** Holds the lock until it is told to leave. */
async function hold(lock: Lock, key: string) {
  const [entered, leave] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const done = lock.withLock([key], MINUTE, async () => {
    entered.resolve();
    await leave.promise;
  });
  await entered.promise;
  return {
    async leave(): Promise<void> {
      leave.resolve();
      await done;
    },
  };
}

/** Whether `rival` gets in while `lock` is held. */
async function excludes(lock: Lock, rival: Lock): Promise<boolean> {
  const held = await hold(lock, 'a');
  let isIn = false;
  const other = rival.withLock(['a'], MINUTE, async () => {
    isIn = true;
  });
  // Meanwhile it gets another key, so it could have got this one too.
  await rival.withLock(['b'], MINUTE, nothing);
  const wasIn = isIn;
  await held.leave();
  await other;
  return !wasIn;
}

describe('A lock by Redlock', () => {
  const connections = new Connections();
  const servers: RedisServer[] = [];
  let namespace: string;
  beforeEach(() => {
    namespace = redisNamespace();
  });
  afterEach(async () => {
    await connections.close();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  const startNodes = async (count: number): Promise<void> => {
    const started = await Promise.all(Array.from({ length: count }, () => startRedis()));
    servers.push(...started);
  };
  const aLock = async () => {
    const nodes = await Promise.all(servers.map(({ url }) => connections.connect(url, IMPATIENT)));
    return { lock: new RedlockLock(nodes, namespace), nodes };
  };

  describe('over three nodes', () => {
    it('excludes others while one of them hangs', async () => {
      await startNodes(3);
      const [{ lock }, { lock: rival }] = [await aLock(), await aLock()];
      await servers[2]?.pause();
      expect(await duration(() => lock.withLock(['a'], MINUTE, nothing))).toBeLessThan(
        2 * ANSWER_MS,
      );
      expect(await duration(() => lock.withLock(['a'], MINUTE, nothing))).toBeLessThan(AT_ONCE_MS);
      expect(await excludes(lock, rival)).toBe(true);
    });

    it('lets everybody in, and at once, while two of them are dead, and excludes again after that', async () => {
      await startNodes(3);
      const [{ lock, nodes }, { lock: rival, nodes: rivals }] = [await aLock(), await aLock()];
      await servers[0]?.kill();
      await servers[1]?.kill();
      await until('their deaths are noticed', () =>
        [nodes[0], nodes[1], rivals[0], rivals[1]].every((node) => node?.isAway === true),
      );
      const held = await hold(lock, 'a');
      const took = await duration(() => rival.withLock(['a'], MINUTE, nothing));
      await held.leave();
      expect(took).toBeLessThan(AT_ONCE_MS);

      await servers[0]?.restart();
      await until('one is back', () => [nodes[0], rivals[0]].every((node) => !node?.isAway));
      expect(await excludes(lock, rival)).toBe(true);
    });
  });

  describe('over one node', () => {
    beforeEach(() => startNodes(1));

    it('lets everybody in at once while it is dead, and excludes again when it is back', async () => {
      const [{ lock, nodes }, { lock: rival, nodes: rivals }] = [await aLock(), await aLock()];
      await servers[0]?.kill();
      const held = await hold(lock, 'a');
      expect(await duration(() => rival.withLock(['a'], MINUTE, nothing))).toBeLessThan(AT_ONCE_MS);
      await held.leave();
      await servers[0]?.restart();
      await until('it is back', () => [nodes[0], rivals[0]].every((node) => !node?.isAway));
      expect(await excludes(lock, rival)).toBe(true);
    });

    it('waits for it once while it hangs, and nobody has the lock for nothing when it goes on', async () => {
      const [{ lock, nodes }, { lock: rival }] = [await aLock(), await aLock()];
      // The second time, Redis knows the scripts: a release is one message, and sent before anything hangs.
      await lock.withLock(['a'], MINUTE, nothing);
      await lock.withLock(['a'], MINUTE, nothing);
      await servers[0]?.pause();
      expect(await duration(() => lock.withLock(['a'], MINUTE, nothing))).toBeLessThan(
        2 * ANSWER_MS,
      );
      for (let times = 0; times < 20; times += 1) {
        expect(await duration(() => lock.withLock(['a'], MINUTE, nothing))).toBeLessThan(
          AT_ONCE_MS,
        );
      }
      await servers[0]?.resume();
      await until('it is back', () => nodes[0]?.isAway === false);
      expect(await duration(() => rival.withLock(['a'], MINUTE, nothing))).toBeLessThan(
        GIVES_UP_MS,
      );
      expect(await excludes(lock, rival)).toBe(true);
    });

    it('lets who has waited for long in without it, and does not take it from its owner', async () => {
      const [{ lock }, { lock: rival }] = [await aLock(), await aLock()];
      const held = await hold(lock, 'a');
      const waited = await duration(() => rival.withLock(['a'], MINUTE, nothing));
      expect(waited).toBeGreaterThan(GIVES_UP_MS);
      expect(waited).toBeLessThan(5_000);
      const { lock: third } = await aLock();
      expect(await duration(() => third.withLock(['a'], MINUTE, nothing))).toBeGreaterThan(
        GIVES_UP_MS,
      );
      await held.leave();
    });

    it('ends a span that nobody holds with its time too', async () => {
      const { lock } = await aLock();
      await servers[0]?.kill();
      let signal: HoldSignal | undefined;
      await lock.withLock(['a'], 20, async (mine) => {
        signal = mine;
        expect(mine.aborted).toBe(false);
        await until('it aborts', () => mine.aborted);
      });
      expect(signal?.aborted).toBe(true);
    });
  });

  describe('over nodes that answer at once', () => {
    /** Answers as Redis does when nobody else has the keys, or when somebody has. */
    const nodeThat = (grants: boolean) => ({
      isAway: false,
      ask: <T>(): Promise<T> => Promise.resolve((grants ? 1 : 0) as T),
      post: () => {},
    });

    it.each([
      ['is had', true],
      ['is refused', false],
    ])('%s without waiting for a turn of the event loop', async (_what, grants) => {
      const lock = new RedlockLock([nodeThat(grants)], 'here');
      const asked = jest.spyOn(performance, 'now');
      // Refused once, it is not asked for again.
      if (!grants) asked.mockReturnValueOnce(0).mockReturnValue(10_000);
      // What others have left for the next turn is over.
      await nextTurn();
      let turns = 0;
      const turn = setImmediate(() => {
        turns += 1;
      });
      try {
        await lock.withLock(['a'], MINUTE, nothing);
        expect(turns).toBe(0);
      } finally {
        clearImmediate(turn);
        asked.mockRestore();
      }
    });

    it('leaves the promises of others who use bluebird as they were', async () => {
      const scheduled: (() => void)[] = [];
      const theirs = (call: () => void): void => {
        scheduled.push(call);
      };
      const before = bluebird.setScheduler(theirs);
      expect(before).not.toBe(queueMicrotask);
      try {
        await new RedlockLock([nodeThat(true)], 'here').withLock(['a'], MINUTE, nothing);
        expect(bluebird.setScheduler(theirs)).toBe(theirs);
      } finally {
        bluebird.setScheduler(before);
      }
    });
  });
});
