import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadOrder, LoadReport } from './load.ts';
import { LoadConnection } from './load-connection.ts';
import { type Customer, type Traveller, travellerOf } from './load-journeys.ts';
import { LoadLedger, type Window } from './load-ledger.ts';
import { atRate, type Trip, withoutPause } from './load-paces.ts';
import type { LoadResult, Scenario } from './scenario.ts';
import { mintToken } from './tokens.ts';

// The load generator's process. It is told what to do by messages, and ends after its report.

/** Connections that are opened at the same time: a server takes new ones slowly while it is busy. */
const OPENED_AT_ONCE = 32;
const SETTLE_MS = 100;

interface Prepared {
  readonly scenario: Scenario;
  readonly connections: readonly LoadConnection[];
  readonly customers: readonly Customer[];
}

async function prepare(scenario: Scenario): Promise<Prepared> {
  const customers = await mint(scenario);
  const { urls } = scenario;
  const connections = Array.from(
    { length: scenario.connections },
    (_, at) => new LoadConnection(urls[at % urls.length] ?? ''),
  );
  const waiting = connections.values();
  await Promise.all(
    Array.from({ length: OPENED_AT_ONCE }, async () => {
      for (const connection of waiting) await open(connection);
    }),
  );
  return { scenario, connections, customers };
}

async function open(connection: LoadConnection): Promise<void> {
  const { status, text } = await connection.send({
    method: 'GET',
    path: '/livez',
    headers: {},
    body: null,
    wantBody: false,
  });
  if (status !== 200) throw new Error(`a connection could not be opened: ${status} ${text}`);
}

function mint({ customers }: Scenario): Promise<readonly Customer[]> {
  const ids = Array.from({ length: customers.count }, (_, at) => customers.first + at);
  return Promise.all(
    ids.map(async (id) => ({ id, authorization: `Bearer ${await mintToken(id)}` })),
  );
}

async function play({ scenario, connections, customers }: Prepared): Promise<LoadResult> {
  const { pace, journey, warmUpSeconds, seconds } = scenario;
  const from = performance.now() + warmUpSeconds * 1_000;
  const window: Window = { from, to: from + seconds * 1_000 };
  const ledger = new LoadLedger(window, scenario);
  const travel = travellerOf(journey, (step, due, heard) => ledger.step(step, due, heard));
  const trip = tripOf(travel, customers, ledger);
  if (pace.kind === 'CLOSED') await withoutPause(connections, trip, window.to);
  else
    ledger.notSent = await atRate(connections, trip, pace.perSecond, window, (due) =>
      ledger.seen(due),
    );
  return ledger.result(seconds);
}

/** One journey by the next customer. */
function tripOf(
  travel: Traveller,
  customers: readonly Customer[],
  ledger: LoadLedger,
): Trip<LoadConnection> {
  let next = 0;
  return async (connection, due) => {
    const customer = customers[next];
    next = (next + 1) % customers.length;
    if (customer !== undefined) ledger.journey(due, await travel(connection, customer, due));
  };
}

function tell(report: LoadReport): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(report, undefined, undefined, (error: Error | null) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

const prepared = Promise.withResolvers<Prepared>();

async function obey(order: LoadOrder): Promise<void> {
  if ('prepare' in order) {
    prepared.resolve(await prepare(order.prepare));
    await tell({ ready: true });
    return;
  }
  const ready = await prepared.promise;
  const result = await play(ready);
  await Promise.all(ready.connections.map((connection) => connection.close()));
  await sleep(SETTLE_MS);
  await tell({ result });
  process.disconnect?.();
}

process.on('message', (order: LoadOrder) => {
  obey(order).catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`);
    process.exitCode = 1;
    process.disconnect?.();
  });
});
