import { MAX_QUANTITY, type Stock } from '@jumun/domain';
import { anyStock, aProduct, aStock } from '@jumun/domain/testing';
import * as fc from 'fast-check';
import type { Transaction } from '../../ports/unit-of-work.js';
import type { Contract, StoreHarness } from './contract.js';
import { repositoryContract } from './repository.contract.js';
import { MOST } from './samples.js';

const anyStates = fc
  .sample(anyStock(), { numRuns: 40, seed: 26 })
  .map((stock, at) => aStock({ ...stock.toSnapshot(), productId: 10_000 + at }));

const registerProducts = (tx: Transaction, stocks: readonly Stock[]): Promise<void> =>
  tx.products.addMany(stocks.map(({ productId: id }) => aProduct({ id })));

/** What a store owes for stocks. Their products are stored first. */
export const stockRepositoryContract: Contract<StoreHarness> = repositoryContract({
  of: (tx) => tx.stocks,
  idOf: (stock) => stock.productId,
  nth: (n) => aStock({ productId: n }),
  prepare: registerProducts,
  states: [
    aStock({ productId: 1, onHand: 0 }),
    aStock({ productId: 2, onHand: 7, reserved: 7 }),
    aStock({ productId: 3, onHand: MAX_QUANTITY, reserved: MAX_QUANTITY - 1 }),
    aStock({ productId: MOST, onHand: MOST, reserved: MOST }),
    ...anyStates,
  ],
  changes: [
    [aStock(), aStock({ onHand: 49, reserved: 1 })],
    [aStock({ productId: 102 }), aStock({ productId: 102, onHand: MOST, reserved: MOST })],
  ],
});
