import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Heard, LoadConnection, Outgoing } from './load-connection.ts';
import type { Journey } from './scenario.ts';

/** A customer, with what proves it. */
export interface Customer {
  readonly id: number;
  readonly authorization: string;
}

/** Hears of every request: its step, when it was due, and what came of it. */
export type OnStep = (step: string, due: number, heard: Heard) => void;

/** What came of a journey: whether it ended well, and the order that was paid, if any. */
export interface Arrival {
  readonly ok: boolean;
  readonly paid: number | null;
}

/** Makes one journey. `due` is when it should have begun, by `performance.now()`. */
export type Traveller = (
  connection: LoadConnection,
  customer: Customer,
  due: number,
) => Promise<Arrival>;

const CREATED = 201;
const BUSY = 503;
const PAYMENTS_TRIED = 10;
const FAILED: Arrival = { ok: false, paid: null };

export const travellerOf = (journey: Journey, onStep: OnStep): Traveller =>
  journey.kind === 'ORDER' ? buyer(journey, onStep) : reader(journey.paths, onStep);

function buyer(
  { products, payAgain = false }: Extract<Journey, { kind: 'ORDER' }>,
  onStep: OnStep,
): Traveller {
  const bodies = products.map((productId) =>
    JSON.stringify({ items: [{ productId, quantity: 1 }] }),
  );
  return async (connection, customer, due) => {
    const body = bodies[Math.floor(Math.random() * bodies.length)] ?? '';
    const placed = await connection.send(post('/api/v1/orders', body, customer));
    onStep('create', due, placed);
    if (placed.status !== CREATED) return FAILED;
    const { id } = JSON.parse(placed.text) as { readonly id: number };
    const payment = post(`/api/v1/orders/${id}/payment`, '{}', customer, false);
    for (let attempt = 1; ; attempt += 1) {
      const began = performance.now();
      const paid = await connection.send(payment);
      onStep('pay', began, paid);
      if (paid.status === CREATED) return { ok: true, paid: id };
      if (!payAgain || paid.status !== BUSY || attempt === PAYMENTS_TRIED) return FAILED;
      await sleep((paid.retryAfter ?? 1) * 1_000);
    }
  };
}

function reader(paths: readonly string[], onStep: OnStep): Traveller {
  let next = 0;
  return async (connection, _customer, due) => {
    const path = paths[next] ?? '/';
    next = (next + 1) % paths.length;
    const heard = await connection.send({
      method: 'GET',
      path,
      headers: {},
      body: null,
      wantBody: false,
    });
    onStep('read', due, heard);
    return { ok: isOk(heard.status), paid: null };
  };
}

export const isOk = (status: number): boolean => status >= 200 && status < 300;

const post = (
  path: string,
  body: string,
  { authorization }: Customer,
  wantBody = true,
): Outgoing => ({
  method: 'POST',
  path,
  body,
  wantBody,
  headers: {
    authorization,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  },
});
