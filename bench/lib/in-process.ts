import { randomUUID } from 'node:crypto';
import { Basket, productId, userId } from '@jumun/domain';
import { BenchFailed } from './bench.ts';
import { type Latency, LatencyMeter } from './latency.ts';
import type { OrderShop } from './opened-shop.ts';

/** How long something is measured. */
export interface Span {
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export interface InProcessLoad extends Span {
  /** Customers who order and pay without a pause, each waiting for one answer at a time. */
  readonly inFlight: number;
  /** Orders are made by customers 1 to this. */
  readonly customers: number;
  readonly products: readonly number[];
}

export interface InProcessResult {
  /** Orders a second: each counts half when it is placed and half when it is paid. */
  readonly perSecond: number;
  /** Of placing and paying together. */
  readonly latency: Latency;
  /** Ids of all orders that were acknowledged as paid. */
  readonly acknowledged: readonly number[];
}

/** As long as a digest of the request is. */
const FINGERPRINT = 'f'.repeat(64);

/** Orders and pays by calling the shop, in this very process. */
export async function runInProcess(shop: OrderShop, load: InProcessLoad): Promise<InProcessResult> {
  const { inFlight, customers, warmUpSeconds, seconds } = load;
  const from = performance.now() + warmUpSeconds * 1_000;
  const to = from + seconds * 1_000;
  const meter = new LatencyMeter();
  const acknowledged: number[] = [];
  const baskets = load.products.map(basketOf);
  let done = 0;
  let customer = 0;
  const countHalf = (): void => {
    const now = performance.now();
    if (now >= from && now < to) done += 0.5;
  };
  const shopOn = async (): Promise<void> => {
    for (let began = performance.now(); began < to; began = performance.now()) {
      customer = (customer % customers) + 1;
      const basket = baskets[Math.floor(Math.random() * baskets.length)] ?? basketOf(1);
      acknowledged.push(await orderAndPay(shop, customer, basket, countHalf));
      if (began >= from) meter.record(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, shopOn));
  return { perSecond: done / seconds, latency: meter.latency, acknowledged };
}

async function orderAndPay(
  shop: OrderShop,
  customer: number,
  basket: Basket,
  onAnswer: () => void,
): Promise<number> {
  const user = userId(customer);
  const key = () => ({ userId: user, key: randomUUID(), fingerprint: FINGERPRINT });
  const placed = await shop.placeOrder({ userId: user, basket, couponId: null }, key());
  onAnswer();
  if (placed.isErr()) throw refused('order', placed.error.code);
  const { id } = placed.value.answer;
  const paid = await shop.payOrder({ userId: user, orderId: id, amount: null }, key());
  onAnswer();
  if (paid.isErr()) throw refused('payment', paid.error.code);
  return id;
}

function basketOf(product: number): Basket {
  const basket = Basket.of([{ productId: productId(product), quantity: 1 }]);
  if (basket.isErr()) throw refused('basket', basket.error.code);
  return basket.value;
}

const refused = (what: string, code: string): BenchFailed =>
  new BenchFailed([`a ${what} was refused: ${code}`]);
