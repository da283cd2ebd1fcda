import { randomUUID } from 'node:crypto';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { InProcessResult, Span } from '../lib/in-process.ts';
import { LatencyMeter } from '../lib/latency.ts';

// The ceiling: the rows of orders and payments as fast as the driver takes them, whole batches in one transaction. There
// is no domain, no check, no lock and nothing to refuse; every value is known beforehand.

/** All that is written for one order, when it is placed and when it is paid. */
export interface RawOrder {
  readonly id: number;
  readonly customer: number;
  readonly product: number;
  readonly price: number;
  readonly createdAt: number;
  readonly paymentId: number;
  readonly day: number;
  readonly balance: number;
  readonly sequence: number;
  readonly entryId: number;
  readonly placeKey: string;
  readonly payKey: string;
  readonly placeAnswer: string;
  readonly payAnswer: string;
  /** The message to the data platform. */
  readonly message: string;
}

/** Writes batches, each in one durable transaction. */
export interface RawStore {
  place(orders: readonly RawOrder[]): Promise<void>;
  pay(orders: readonly RawOrder[]): Promise<void>;
  close(): Promise<void>;
}

/** What was seeded, how many orders share a transaction, and how many transactions there are at a time. */
export interface RawTerms {
  readonly batch: number;
  /** Connections, each with customers of its own. */
  readonly lanes: number;
  readonly customers: number;
  readonly products: readonly number[];
  /** What each product costs, and each customer has at first. */
  readonly price: number;
  readonly balance: number;
}

const HOLD_MS = 900_000;
const FIRST_ID = 1_000_000;
export const MESSAGE_TYPE = 'jumun.order.completed.v1';
export const FINGERPRINT = 'f'.repeat(64);

export const expiryOf = ({ createdAt }: RawOrder): number => createdAt + HOLD_MS;

/** Places and pays one batch after the other, on a store that nobody else writes to. */
export class RawRunner {
  private readonly stores: readonly RawStore[];
  private readonly terms: RawTerms;
  private readonly made: number[];

  /** A store for each lane. */
  constructor(stores: readonly RawStore[], terms: Omit<RawTerms, 'lanes'>) {
    this.stores = stores;
    this.terms = { ...terms, lanes: stores.length };
    this.made = stores.map(() => 0);
  }

  async run({ warmUpSeconds, seconds }: Span): Promise<InProcessResult> {
    const { batch } = this.terms;
    const from = performance.now() + warmUpSeconds * 1_000;
    const to = from + seconds * 1_000;
    const meter = new LatencyMeter();
    const acknowledged: number[] = [];
    let done = 0;
    const countHalf = (): void => {
      const now = performance.now();
      if (now >= from && now < to) done += batch / 2;
    };
    const work = async (store: RawStore, lane: number): Promise<void> => {
      for (let began = performance.now(); began < to; began = performance.now()) {
        const made = this.made[lane] ?? 0;
        this.made[lane] = made + batch;
        const orders = Array.from({ length: batch }, (_, at) =>
          orderOf(made + at, lane, this.terms),
        );
        await store.place(orders);
        countHalf();
        await store.pay(orders);
        countHalf();
        for (const { id } of orders) acknowledged.push(id);
        if (began >= from) meter.record(performance.now() - began);
        await endOfTurn();
      }
    };
    await Promise.all(this.stores.map(work));
    return { perSecond: done / seconds, latency: meter.latency, acknowledged };
  }
}

/** The order with this number on a lane, of the customer whose turn it is there. */
function orderOf(
  number: number,
  lane: number,
  { lanes, customers, products, price, balance }: RawTerms,
): RawOrder {
  const id = FIRST_ID + number * lanes + lane;
  const customersOfLane = Math.floor(customers / lanes);
  const customer = (number % customersOfLane) * lanes + lane + 1;
  const before = Math.floor(number / customersOfLane);
  const product = products[Math.floor(Math.random() * products.length)] ?? 1;
  const createdAt = Date.now();
  const left = balance - (before + 1) * price;
  return {
    id,
    customer,
    product,
    price,
    createdAt,
    paymentId: id,
    day: 20_260_101,
    balance: left,
    sequence: before + 2,
    entryId: id,
    placeKey: randomUUID(),
    payKey: randomUUID(),
    placeAnswer: JSON.stringify({
      id,
      status: 'PENDING',
      items: [
        { productId: product, name: nameOf(product), unitPrice: price, quantity: 1, amount: price },
      ],
      couponId: null,
      subtotal: price,
      discount: 0,
      total: price,
      createdAt,
      expiresAt: createdAt + HOLD_MS,
      paidAt: null,
      paymentId: null,
    }),
    payAnswer: JSON.stringify({
      paymentId: id,
      orderId: id,
      status: 'SUCCESS',
      amount: price,
      balance: left,
      orderStatus: 'COMPLETED',
    }),
    message: messageOf(id, customer, product, price, createdAt),
  };
}

function messageOf(
  orderId: number,
  userId: number,
  productId: number,
  price: number,
  createdAt: number,
): string {
  const timestamp = new Date(createdAt).toISOString();
  const line = {
    productId,
    name: nameOf(productId),
    unitPrice: price,
    quantity: 1,
    amount: price,
    discount: 0,
  };
  const data = {
    orderId,
    sequence: 1,
    userId,
    paymentId: orderId,
    couponId: null,
    items: [line],
    subtotal: price,
    discount: 0,
    total: price,
    completedAt: timestamp,
  };
  return JSON.stringify({ type: MESSAGE_TYPE, timestamp, data });
}

export const nameOf = (product: number): string => `상품 ${product}`;
