import { closePorts, databaseModule, sharedModule, shopModule, TOKENS } from '@jumun/adapters';
import type { Shop } from '@jumun/application';
import { Container } from 'inversify';
import type { OpenedShop } from './opened-shop.ts';

/**
 * Our own shop inside this process, as a program that embeds it would have it; with a Redis it shares cache and news with
 * others.
 */
export async function openJumun(
  databaseUrl: string,
  redisUrls: readonly string[] = [],
): Promise<OpenedShop<Shop>> {
  const container = new Container();
  container.load(
    databaseModule(databaseUrl),
    sharedModule(redisUrls, (fault) => {
      throw fault;
    }),
    shopModule({ orderHoldSeconds: 900, salesTimeZone: 'Asia/Seoul' }),
  );
  const shop = container.get(TOKENS.shop);
  return {
    shop,
    async close() {
      await shop.close();
      await closePorts(container);
    },
  };
}
