import type { Client } from '../client.js';
import type { ShopProcess } from '../shop-process.js';

/** Those whom one may choose to be in the pages, 김철수 and 이영희. */
export const [CHULSOO, YOUNGHEE] = [1, 2] as const;

/** A customer with so much money in the wallet. */
export async function customerWith(
  { anybody }: ShopProcess,
  id: number,
  balance: number,
): Promise<Client> {
  const customer = await anybody.signIn(id);
  if (balance > 0) await customer.post('/wallet/charges', { amount: balance });
  return customer;
}

/** What the shop itself says is in the wallet. */
export const balanceOf = async (customer: Client): Promise<unknown> =>
  (await customer.get('/wallet')).body.balance;

/** What the shop itself says of the customer's orders, the newest first. */
export const statusesOf = async (customer: Client): Promise<readonly string[]> =>
  (await customer.get('/orders')).body.items.map(({ status }: { status: string }) => status);
