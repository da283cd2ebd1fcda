import { InMemoryUnitOfWork } from '@jumun/application/testing';
import { orderId, productId, SalesCalendar } from '@jumun/domain';
import type { MemoryServer } from './memory-server.js';

/** Pieces by product id. */
export type Sold = Readonly<Record<number, number>>;

let lastOrder = 0;

/** Puts sales on record at the price of the day, as if their orders had been paid now, and counts them. */
export async function sellAndCount(
  { store, clock, shop }: Pick<MemoryServer, 'store' | 'clock' | 'shop'>,
  sold: Sold,
): Promise<void> {
  const day = new SalesCalendar('Asia/Seoul').dayOf(clock.now());
  await new InMemoryUnitOfWork(store).run(async (tx) => {
    const ids = Object.keys(sold).map((id) => productId(Number(id)));
    const products = await tx.products.lockMany(ids);
    await tx.sales.append(
      ids.map((id) => {
        lastOrder += 1;
        const quantity = sold[id] ?? 0;
        const revenue = quantity * (products.get(id)?.toSnapshot().price ?? 0);
        return { orderId: orderId(lastOrder), productId: id, day, quantity, revenue };
      }),
    );
  });
  await shop.rollUpSales();
}
