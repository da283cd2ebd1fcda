import type { Client } from '../client.js';
import type { ShopProcess } from '../shop-process.js';

/** Pieces by product id, of the demo catalogue. */
export type Sales = Readonly<Record<number, number>>;

const BUYER = 700;
const OPERATOR = 9_001;
/** The most that a wallet takes at a time. */
const NOTE = 10_000_000;
const LOOK_EVERY_MS = 20;

/** Sells these pieces, all in one order, so that they are counted together; there is enough of them, and money enough. */
export async function sell({ anybody }: ShopProcess, sales: Sales): Promise<void> {
  const buyer = await anybody.signIn(BUYER);
  const operator = await anybody.signIn(OPERATOR, ['operator']);
  const items = Object.entries(sales).map(([id, quantity]) => ({
    productId: Number(id),
    quantity,
  }));
  let missing = 0;
  for (const { productId, quantity } of items) {
    await well(operator.post(`/admin/products/${productId}/restock`, { quantity }));
    missing += (await well(anybody.get(`/products/${productId}`))).body.price * quantity;
  }
  for (; missing > 0; missing -= NOTE) await well(buyer.post('/wallet/charges', { amount: NOTE }));
  const placed = await well(buyer.post('/orders', { items }));
  await well(buyer.post(`/orders/${placed.body.id}/payment`));
}

/** Resolves when the sales of these pieces are counted. */
export async function counted({ anybody }: ShopProcess, pieces: number): Promise<void> {
  while ((await anybody.get('/products/popular')).body.totalQuantity !== pieces) {
    await new Promise((resume) => {
      setTimeout(resume, LOOK_EVERY_MS);
    });
  }
}

async function well(answering: ReturnType<Client['post']>) {
  const answer = await answering;
  if (answer.status >= 400) throw new Error(`not sold: ${answer.status} ${answer.body.code}`);
  return answer;
}
