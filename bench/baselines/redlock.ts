import type { Shop } from '@jumun/application';
import { Redis } from 'ioredis';
import Redlock from 'redlock';
import type { OpenedShop, OrderShop } from '../lib/opened-shop.ts';
import { openShop as openTextbook, type TextbookSettings } from './textbook.ts';

// What is often advised against races: a Redlock around the transaction, of every product of an order, and of the wallet
// of a payment. The transaction inside is the textbook's.

/** Retries by chance around this time. A wait of half a minute is given to everybody before they are told that it failed. */
const RETRY = { retryCount: 600, retryDelay: 50, retryJitter: 25 };
const TTL_MS = 10_000;

class RedlockShop implements OrderShop {
  private readonly inner: OrderShop;
  private readonly redlock: Redlock;

  constructor(inner: OrderShop, redlock: Redlock) {
    this.inner = inner;
    this.redlock = redlock;
  }

  readonly placeOrder: Shop['placeOrder'] = (command, key) => {
    const products = command.basket.items.map(({ productId }) => `product:${productId}`);
    return this.withLock(products, () => this.inner.placeOrder(command, key));
  };

  readonly payOrder: Shop['payOrder'] = (command, key) =>
    this.withLock([`wallet:${command.userId}`], () => this.inner.payOrder(command, key));

  readonly readWallet: Shop['readWallet'] = (userId) => this.inner.readWallet(userId);

  readonly close: Shop['close'] = () => this.inner.close();

  private async withLock<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const hold = await this.redlock.lock(names.toSorted(), TTL_MS);
    try {
      return await work();
    } finally {
      await hold.unlock();
    }
  }
}

export async function openShop(
  settings: TextbookSettings & { readonly redisUrl: string },
): Promise<OpenedShop<RedlockShop>> {
  const textbook = await openTextbook(settings);
  const redis = new Redis(settings.redisUrl);
  return {
    shop: new RedlockShop(textbook.shop, new Redlock([redis], RETRY)),
    async close() {
      await textbook.close();
      redis.disconnect();
    },
  };
}
