import { setTimeout as sleep } from 'node:timers/promises';
import { openShop } from '../running-shop.js';
import { fuzz, rich } from './fuzz.js';

/**
 * Fuzzes the service on SQLite: `prove-main.js [REQUESTS] [SEED]`. Ends with 1 when an answer is a fault or not in the
 * document, when a request hangs, or when the service keeps memory or connections. Needs `--expose-gc`.
 */
const REQUESTS = 20_000;
const SEED = 20_240_117;
/** What a process may come to hold between the first part, which fills its caches, and the end. */
const MOST_GROWTH_MB = 24;
const MOST_RESOURCES = 5;

const [requests = REQUESTS, seed = SEED] = process.argv.slice(2).map(Number);
const held = async (): Promise<{ readonly megabytes: number; readonly resources: number }> => {
  await sleep(200);
  globalThis.gc?.();
  await sleep(50);
  globalThis.gc?.();
  const sockets = process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'));
  return { megabytes: process.memoryUsage().heapUsed / 2 ** 20, resources: sockets.length };
};

const shop = await openShop();
try {
  const tokens = await rich(shop.port);
  const began = performance.now();
  const run = (count: number, from: number) =>
    fuzz(shop.port, tokens, {
      requests: count,
      seed: from,
      inFlight: 16,
      onProgress: (done) => console.log(`  ${done} of ${count}`),
    });
  const first = await run(Math.ceil(requests / 4), seed);
  const before = await held();
  const second = await run(Math.floor((requests * 3) / 4), seed + 1);
  const after = await held();
  const growth = after.megabytes - before.megabytes;

  console.log(`${requests} requests, seed ${seed}, ${Math.round(performance.now() - began)} ms`);
  const statuses = [...new Set([...first.statuses.keys(), ...second.statuses.keys()])];
  for (const status of statuses.toSorted((a, b) => a - b)) {
    const times = (first.statuses.get(status) ?? 0) + (second.statuses.get(status) ?? 0);
    console.log(`  ${status}: ${times}`);
  }
  console.log(`  heap: ${before.megabytes.toFixed(1)} MB, then ${after.megabytes.toFixed(1)} MB`);
  console.log(`  connections: ${before.resources}, then ${after.resources}`);
  const faults = [...first.faults, ...second.faults];
  if (growth > MOST_GROWTH_MB) faults.push(`the heap grew by ${growth.toFixed(1)} MB`);
  if (after.resources - before.resources > MOST_RESOURCES) faults.push('connections were left');
  for (const fault of faults) console.error(`FAULT: ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await shop.close();
}
