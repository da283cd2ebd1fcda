import type { Shop } from '@jumun/application';
import { Basket, MAX_LINE_QUANTITY, productId, userId } from '@jumun/domain';
import type { Bench } from '../lib/bench.ts';
import { type Book, withBooks } from '../lib/books.ts';
import { openJumun } from '../lib/container.ts';
import { Contender } from '../lib/contender.ts';
import { RICH } from '../lib/database.ts';
import { withMysql, withRedis } from '../lib/servers.ts';
import { type Service, startService, withServices } from '../lib/service.ts';
import { shopBefore } from '../reads/history.ts';

/** The same shop by two processes: one that serves pages, and one that does not. */
export interface Stage {
  readonly paged: Service;
  readonly bare: Service;
  /** Orders at either of them. */
  readonly orders: { readonly paged: Contender; readonly bare: Contender };
  /** Sells something, and counts it: whoever listens hears of other rankings. */
  readonly changeRankings: () => Promise<void>;
}

export const withStage = (bench: Bench, use: (stage: Stage) => Promise<void>): Promise<void> =>
  withMysql((server) =>
    withRedis((redisUrl) =>
      withBooks(bench, server, 1, async (books) => {
        const [book] = books as [Book];
        const databaseUrl = book.db.url;
        const jumun = await openJumun(databaseUrl, [redisUrl]);
        try {
          await sellSome(bench, jumun.shop);
          const started = (pages: string) => () =>
            startService({
              databaseUrl,
              redisUrl,
              env: { PAGES: pages, WARM_UP: bench.small ? 'off' : 'on' },
            });
          await withServices([started('on'), started('off')], async (services) => {
            const [paged, bare] = services as [Service, Service];
            let changes = 0;
            await use({
              paged,
              bare,
              orders: {
                paged: new Contender('pages', [paged], book),
                bare: new Contender('no pages', [bare], book),
              },
              changeRankings: async () => {
                changes += 1;
                await sellMuch(jumun.shop, changes);
                await jumun.shop.rollUpSales();
              },
            });
          });
        } finally {
          await jumun.close();
        }
      }),
    ),
  );

async function sellSome(bench: Bench, shop: Shop): Promise<void> {
  const customers = bench.small ? 10 : 100;
  await shopBefore(shop, { customers, orders: 2, products: RICH.products });
  await shop.rollUpSales();
}

const BUYER = userId(1);
/** The first of them goes ahead by one large order; each later one must make up for that, and go ahead by as much. */
const ordersOf = (turn: number): number => (turn === 1 ? 1 : 2);

/** Sells so much of one of two products, in turn, that it takes first place from the other one. */
async function sellMuch(shop: Shop, turn: number): Promise<void> {
  const items = [{ productId: productId((turn % 2) + 1), quantity: MAX_LINE_QUANTITY }];
  const basket = Basket.of(items);
  if (basket.isErr()) throw new Error(`no basket: ${basket.error.reason}`);
  for (let order = 0; order < ordersOf(turn); order += 1) {
    const placed = await shop.placeOrder({ userId: BUYER, basket: basket.value, couponId: null });
    if (placed.isErr()) throw new Error(`not placed: ${placed.error.code}`);
    const { id } = placed.value.answer;
    const paid = await shop.payOrder({ userId: BUYER, orderId: id, amount: null });
    if (paid.isErr()) throw new Error(`not paid: ${paid.error.code}`);
  }
}
