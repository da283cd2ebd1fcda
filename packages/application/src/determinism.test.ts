import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  afterSeconds,
  productId,
  rankSales,
  SalesCalendar,
  salesOf,
  trendMessage,
  trendsOf,
} from '@jumun/domain';
import { aCompletedOrder, NOON } from '@jumun/domain/testing';
import * as fc from 'fast-check';
import { Player } from './testing/batch-equivalence/play.js';
import { anyScript, type Script } from './testing/batch-equivalence/script.js';
import { transcriptOf } from './testing/batch-equivalence/transcript.js';
import { ManualClock, shopInMemory } from './testing/index.js';

/** Every engine that runs these tests has them; the core is compiled without the types of any platform. */
declare const crypto: { randomUUID(): string };
declare const process: { uptime(): number };

const SEED = 20_240_117;
const SCRIPTS = 60;

function asked(what: string): never {
  throw new Error(`the core asked for ${what}`);
}

const RealDate = Date;

/** A `Date` that can be told a time and does not know one. */
class TimelessDate extends RealDate {
  constructor(...given: readonly [] | readonly [value: number | string | Date]) {
    super(given[0] ?? asked('the time'));
  }

  static override now(): number {
    return asked('the time');
  }
}

/** What the surroundings offer to whoever asks: the same call, another answer each time. */
const SURROUNDINGS: Readonly<Record<string, unknown>> = {
  Date: TimelessDate,
  setTimeout: () => asked('a timer'),
  setInterval: () => asked('a timer'),
  setImmediate: () => asked('a turn of the event loop'),
  fetch: () => asked('the network'),
  crypto: { randomUUID: () => asked('chance'), getRandomValues: () => asked('chance') },
  performance: { now: () => asked('the time') },
  process: { uptime: () => asked('the process'), hrtime: () => asked('the process') },
};

type Restore = () => void;

function replaceAll(): Restore {
  const real = Object.keys(SURROUNDINGS).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  const random = Math.random;
  for (const [name, value] of Object.entries(SURROUNDINGS)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  Math.random = () => asked('chance');
  return () => {
    Math.random = random;
    for (const [name, descriptor] of real) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
  };
}

/** Everything that was answered, and everything in the books afterwards, as text. */
async function played(script: Script): Promise<string> {
  const clock = new ManualClock(NOON);
  const { ports } = shopInMemory({ clock });
  const player = new Player(ports, clock);
  const scene = await player.open(script);
  await player.oneByOne(script.before);
  const now = afterSeconds(NOON, script.secondsLater);
  clock.set(now);
  const answers = await player.together(script.batch);
  return JSON.stringify(await transcriptOf(ports, scene, answers, now));
}

describe('The core, in surroundings without time, chance, network or process', () => {
  const scripts = fc.sample(anyScript(), { seed: SEED, numRuns: SCRIPTS });
  let restore: Restore;
  beforeEach(() => {
    restore = replaceAll();
  });
  afterEach(() => restore());

  it('does whole scripts of commands, and the same ones come to the same, byte for byte', async () => {
    const once: string[] = [];
    const again: string[] = [];
    for (const script of scripts) once.push(await played(script));
    for (const script of scripts.toReversed()) again.unshift(await played(script));
    expect(again).toEqual(once);
    expect(new Set(once).size).toBeGreaterThan(SCRIPTS / 2);
  });

  it('makes the same statistics of the same sales', () => {
    const make = (): string => {
      const day = new SalesCalendar('Asia/Seoul').dayOf(NOON);
      const sales = salesOf(aCompletedOrder(), day);
      const ranking = rankSales(sales, 'quantity', 5);
      const trends = trendsOf(ranking, new Map([[productId(999), 1]]), 5);
      const messages = trends.map(({ rank }) => trendMessage('무선 마우스', rank));
      return JSON.stringify({ sales, ranking, trends, messages });
    };
    expect(make()).toBe(make());
  });

  it.each([
    ['the time', () => new Date()],
    ['the time', () => Date.now()],
    ['chance', () => Math.random()],
    ['chance', () => crypto.randomUUID()],
    ['the process', () => process.uptime()],
  ])('is told when it asks for %s after all', (what, ask) => {
    expect(ask).toThrow(`the core asked for ${what}`);
  });
});
