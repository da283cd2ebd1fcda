import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerCounter, bodyOf } from './answer-counter.ts';
import type { OrderTrickle, TrickleReport } from './crowd-tasks.ts';
import { MeanMeter } from './mean-meter.ts';
import { mintToken } from './tokens.ts';
import { bytesOf, type Wire, type WireAnswer } from './wire.ts';

const CREATED = 201;
const TICK_MS = 1;

/** A customer at their own connection, who does one thing after another. */
interface Seat {
  readonly wire: Wire;
  readonly token: string;
  busy: Promise<void>;
}

export async function trickle(wires: readonly Wire[], task: OrderTrickle): Promise<TrickleReport> {
  const { perSecond, warmUpSeconds, seconds, products } = task;
  const seats = await seatsOf(wires, task.firstCustomer);
  const shopping = new Shopping(warmUpSeconds * 1_000);
  const began = performance.now();
  shopping.began = began;
  const orders = Math.round((warmUpSeconds + seconds) * perSecond);
  for (let at = 0; at < orders; await sleep(TICK_MS)) {
    const due = ((performance.now() - began) / 1_000) * perSecond;
    for (; at < Math.min(due, orders); at += 1) {
      const seat = seats[at % seats.length];
      const product = products[at % products.length];
      if (seat === undefined || product === undefined) throw new Error('nobody buys, or nothing');
      const dueAt = began + (at / perSecond) * 1_000;
      seat.busy = seat.busy.then(() => shopping.buy(seat, product, dueAt));
    }
  }
  await Promise.all(seats.map(({ busy }) => busy));
  const tookSeconds = Math.max(seconds, shopping.lastMs / 1_000 - warmUpSeconds);
  return {
    perSecond: shopping.bought / tookSeconds,
    latency: shopping.meter.latency,
    answers: shopping.answers.counts,
    paid: shopping.paid,
    used: Math.min(orders, seats.length),
    dropped: wires.filter(({ isClosed }) => isClosed).length,
  };
}

const seatsOf = (wires: readonly Wire[], firstCustomer: number): Promise<Seat[]> =>
  Promise.all(
    wires.map(async (wire, at) => ({
      wire,
      token: await mintToken(firstCustomer + at),
      busy: Promise.resolve(),
    })),
  );

/** What all customers together were told. */
class Shopping {
  readonly meter = new MeanMeter();
  readonly answers = new AnswerCounter();
  readonly paid: number[] = [];
  /** Orders that were due after the warm-up, and are paid. */
  bought = 0;
  /** After so many milliseconds the last of them was. */
  lastMs = 0;
  /** By `performance.now()`. */
  began = 0;
  private readonly warmUpMs: number;

  constructor(warmUpMs: number) {
    this.warmUpMs = warmUpMs;
  }

  /** Orders a piece, and pays it. */
  async buy(seat: Seat, productId: number, due: number): Promise<void> {
    const items = [{ productId, quantity: 1 }];
    const placed = await this.post(seat, '/api/v1/orders', { items }, due);
    if (placed?.status !== CREATED) return;
    const { id = 0 } = bodyOf(placed);
    const paid = await this.post(seat, `/api/v1/orders/${id}/payment`, {}, performance.now());
    if (paid?.status !== CREATED) return;
    this.paid.push(id);
    this.lastMs = performance.now() - this.began;
    if (this.isCounted(due)) this.bought += 1;
  }

  private async post(
    { wire, token }: Seat,
    path: string,
    body: object,
    due: number,
  ): Promise<WireAnswer | null> {
    const idempotencyKey = crypto.randomUUID();
    const request = bytesOf({ method: 'POST', path, token, idempotencyKey, body });
    const answer = await wire.ask(request).catch(() => null);
    if (answer !== null && this.isCounted(due)) this.meter.record(performance.now() - due);
    this.answers.add(answer);
    return answer;
  }

  private isCounted(due: number): boolean {
    return due >= this.began + this.warmUpMs;
  }
}
