import type { Shop } from '@jumun/application';
import { ok } from '@jumun/domain';
import { z } from 'zod';
import { pageJson, walletCursor } from '../cursors.js';
import { chargeJson, walletEntryJson, walletJson } from '../representation.js';
import { API, pageLimit } from './fields.js';
import { done, shown } from './replies.js';
import { type Route, route } from './route.js';

/** Any number at all, infinite ones too: the wallet itself says what can be charged. */
const anyNumber = z
  .custom<number>((value) => typeof value === 'number', 'must be a number')
  .meta({ type: 'number' });

export const walletRoutes = (shop: Shop): readonly Route[] => [
  route({
    method: 'GET',
    path: `${API}/wallet`,
    access: 'customer',
    summary: 'The balance of the wallet',
    status: 200,
    handle: async ({ customer }) => (await shop.readWallet(customer.userId)).map(shown(walletJson)),
  }),

  route({
    method: 'POST',
    path: `${API}/wallet/charges`,
    access: 'customer',
    summary: 'Put money into the wallet',
    body: z.strictObject({ amount: anyNumber }),
    status: 201,
    isBusy: () => shop.isBusyWithOrders(false),
    handle: async ({ customer: { userId }, body: { amount }, idempotency }) =>
      (await shop.chargeWallet({ userId, amount }, idempotency)).map(done(chargeJson)),
  }),

  route({
    method: 'GET',
    path: `${API}/wallet/entries`,
    access: 'customer',
    summary: 'The ledger of the wallet, newest first',
    query: z.object({ cursor: walletCursor.schema, limit: pageLimit }),
    status: 200,
    handle: async ({ customer, query: { cursor, limit } }) => {
      const page = await shop.listWalletEntries(customer.userId, cursor, limit);
      return ok({ body: pageJson(page, walletEntryJson, walletCursor) });
    },
  }),
];
