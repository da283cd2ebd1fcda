import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerCounter, bodyOf } from './answer-counter.ts';
import { BREATHER_MS } from './breather.ts';
import type { BurstReport, CouponBurst, IssuedCoupon } from './crowd-tasks.ts';
import { MeanMeter } from './mean-meter.ts';
import { mintToken } from './tokens.ts';
import { bytesOf, type Wire, type WireAnswer } from './wire.ts';

const CREATED = 201;
const LOOKING_AT_ONCE = 16;

export async function burst(wires: readonly Wire[], task: CouponBurst): Promise<BurstReport> {
  const customers = await customersOf(task);
  const queues = wires.map((wire, first) => ({
    wire,
    queue: every(wires.length, first, customers),
  }));
  if (task.waiting) await lookAround(queues);
  const answers: (WireAnswer | null)[] = [];
  const meter = new MeanMeter();
  let lastAnswerMs = 0;
  await sleep(BREATHER_MS);

  const began = performance.now();
  const asking = queues.map(async ({ wire, queue }) => {
    for (const { coupon } of queue) {
      const answer = await wire.ask(coupon).catch(() => null);
      lastAnswerMs = performance.now() - began;
      meter.record(lastAnswerMs);
      answers.push(answer);
    }
  });
  const writtenMs = performance.now() - began;
  await Promise.all(asking);
  const counter = new AnswerCounter();
  for (const answer of answers) counter.add(answer);
  return {
    latency: meter.latency,
    writtenMs,
    lastAnswerMs,
    answers: counter.counts,
    coupons: answers.flatMap(couponOf),
  };
}

/** A connection's own customers: one of every so many, from the first one on. */
function every(step: number, first: number, customers: readonly Customer[]): readonly Customer[] {
  const own: Customer[] = [];
  for (let at = first; at < customers.length; at += step) own.push(...customers.slice(at, at + 1));
  return own;
}

/** A customer's requests, made beforehand. */
interface Customer {
  readonly look: Buffer;
  readonly coupon: Buffer;
}

const customersOf = ({ campaignId, firstCustomer, customers }: CouponBurst): Promise<Customer[]> =>
  Promise.all(
    Array.from({ length: customers }, async (_, at) => {
      const token = await mintToken(firstCustomer + at);
      const path = `/api/v1/coupon-campaigns/${campaignId}/coupons`;
      const idempotencyKey = `coupon-${campaignId}-${at}`;
      return {
        look: bytesOf({ method: 'GET', path: '/api/v1/coupons', token }),
        coupon: bytesOf({ method: 'POST', path, token, idempotencyKey, body: {} }),
      };
    }),
  );

/** Everybody looks at their coupons, a few at a time. */
async function lookAround(
  queues: readonly { readonly wire: Wire; readonly queue: readonly Customer[] }[],
): Promise<void> {
  const next = queues.values();
  await Promise.all(
    Array.from({ length: LOOKING_AT_ONCE }, async () => {
      for (const { wire, queue } of next) {
        for (const { look } of queue) {
          const { status } = await wire.ask(look);
          if (status !== 200) throw new Error(`a customer who looks around is answered ${status}`);
        }
      }
    }),
  );
}

function couponOf(answer: WireAnswer | null): readonly IssuedCoupon[] {
  if (answer?.status !== CREATED) return [];
  const { id = 0, issueNumber = 0 } = bodyOf(answer);
  return [{ id, issueNumber }];
}
