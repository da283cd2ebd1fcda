import { describe, expect, it } from '@jest/globals';
import { Balancer } from '../testing/balancer.js';
import type { Answer, Client } from '../testing/client.js';
import { Fleet } from '../testing/fleet.js';

/** How often every process is replaced: `ROLLS=20` for a long proof. */
const ROLLS = Number(process.env['ROLLS'] ?? 1);
const SHOPPERS = 12;
const GRACE_SECONDS = 1;
const STOCK = 1_000_000;

/** Answers that nobody should have got. */
class Complaints {
  readonly list: string[] = [];
  heard = 0;

  async expect(status: number, what: string, asking: Promise<Answer>): Promise<Answer> {
    const answer = await asking;
    this.heard += 1;
    if (answer.status !== status) {
      this.list.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer;
  }
}

/** Orders, pays and looks around until there is enough of it. Resolves to how many orders were paid. */
async function shopUntil(
  isOver: () => boolean,
  client: Client,
  productId: number,
  complaints: Complaints,
): Promise<number> {
  let paid = 0;
  await complaints.expect(201, 'charge', client.post('/wallet/charges', { amount: 10_000_000 }));
  while (!isOver()) {
    const items = [{ productId, quantity: 1 }];
    const placed = await complaints.expect(201, 'order', client.post('/orders', { items }));
    if (placed.status !== 201) continue;
    const path = `/orders/${placed.body.id}/payment`;
    const payment = await complaints.expect(201, 'payment', client.post(path));
    if (payment.status === 201) paid += 1;
    await complaints.expect(200, 'wallet', client.get('/wallet'));
    await complaints.expect(200, 'popular', client.get('/products/popular'));
  }
  return paid;
}

describe('Two processes behind a proxy, under load', () => {
  it(
    'are replaced one after the other, and no request fails',
    async () => {
      const fleet = await Fleet.start({ workers: 0, shutdownGraceSeconds: GRACE_SECONDS });
      const balancer = await Balancer.start();
      let isOver = false;
      try {
        for (const { url } of fleet.shops) await balancer.add(url);
        const operator = await fleet.operator();
        const description = { name: '무선 키보드', description: '', category: '입력 장치' };
        const product = await operator.post('/admin/products', {
          ...description,
          price: 1_000,
          stock: STOCK,
        });
        const productId = Number(product.body.id);
        const complaints = new Complaints();
        const customers = await Promise.all(
          Array.from({ length: SHOPPERS }, (_, at) => fleet.customer(at + 1, balancer)),
        );
        const shopping = customers.map((each) =>
          shopUntil(() => isOver, each, productId, complaints),
        );
        const codes: (number | null)[] = [];
        for (let roll = 0; roll < 2 * ROLLS; roll += 1) {
          const old = fleet.shops[roll];
          const replacement = await fleet.addShop();
          await balancer.add(replacement.url);
          codes.push((await old?.stop()) ?? null);
        }
        isOver = true;
        const paid = (await Promise.all(shopping)).reduce((sum, count) => sum + count, 0);

        expect([complaints.list.slice(0, 5), balancer.failures.slice(0, 5)]).toEqual([[], []]);
        expect(codes).toEqual(codes.map(() => 0));
        // Each generation has had its share: otherwise nothing was replaced under load.
        expect(Math.min(...balancer.answered)).toBeGreaterThan(20);
        expect(paid).toBeGreaterThan(50);
        expect(await fleet.audit({ [productId]: STOCK })).toEqual([]);
      } finally {
        isOver = true;
        await balancer.close();
        await fleet.stop();
      }
    },
    60_000 + ROLLS * 20_000,
  );
});
