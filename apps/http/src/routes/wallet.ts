import type { Shop } from '@jumun/application';
import { MAX_CHARGE, MIN_CHARGE, ok } from '@jumun/domain';
import { z } from 'zod';
import { chargeSchema, pageOf, walletEntrySchema, walletSchema } from '../answer-schemas.js';
import { pageJson, walletCursor } from '../cursors.js';
import { writtenAs } from '../openapi/wire.js';
import { chargeJson, walletEntryJson, walletJson } from '../representation.js';
import { API, pageLimit } from './fields.js';
import { done, shown } from './replies.js';
import { type Route, route } from './route.js';

/** Any number at all, infinite ones too: the wallet itself says what can be charged. */
const anyNumber = writtenAs(
  z.custom<number>((value) => typeof value === 'number', 'must be a number'),
  { type: 'integer', minimum: MIN_CHARGE, maximum: MAX_CHARGE, examples: [50_000] },
);

export const walletRoutes = (shop: Shop): readonly Route[] => [
  route({
    method: 'GET',
    path: `${API}/wallet`,
    access: 'customer',
    name: 'readWallet',
    tag: 'Wallet',
    summary: 'The balance of the wallet',
    status: 200,
    answer: walletSchema,
    refusals: ['SERVICE_BUSY'],
    handle: async ({ customer }) => (await shop.readWallet(customer.userId)).map(shown(walletJson)),
  }),

  route({
    method: 'POST',
    path: `${API}/wallet/charges`,
    access: 'customer',
    name: 'chargeWallet',
    tag: 'Wallet',
    summary: 'Put money into the wallet',
    body: z.strictObject({ amount: anyNumber }),
    status: 201,
    answer: chargeSchema,
    refusals: ['INVALID_AMOUNT', 'BALANCE_LIMIT_EXCEEDED', 'SERVICE_BUSY'],
    isBusy: () => shop.isBusyWithOrders(false),
    handle: async ({ customer: { userId }, body: { amount }, idempotency }) =>
      (await shop.chargeWallet({ userId, amount }, idempotency)).map(done(chargeJson)),
  }),

  route({
    method: 'GET',
    path: `${API}/wallet/entries`,
    access: 'customer',
    name: 'listWalletEntries',
    tag: 'Wallet',
    summary: 'The ledger of the wallet, newest first',
    query: z.object({ cursor: walletCursor.schema, limit: pageLimit }),
    status: 200,
    answer: pageOf(walletEntrySchema),
    handle: async ({ customer, query: { cursor, limit } }) => {
      const page = await shop.listWalletEntries(customer.userId, cursor, limit);
      return ok({ body: pageJson(page, walletEntryJson, walletCursor) });
    },
  }),
];
