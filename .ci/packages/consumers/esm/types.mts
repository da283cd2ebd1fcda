// What a program sees that was compiled against the packages alone.
import type { Shop } from '@jumun/application';
import type { Contract, StoreHarness } from '@jumun/application/testing';
import { type OutOfStock, pieces, productId, type Result, Stock } from '@jumun/domain';

export const held: Result<Stock, OutOfStock> = Stock.open(productId(101), 1).reserve(pieces(1));
export type Placed = ReturnType<Shop['placeOrder']>;
export type StoreContract = Contract<StoreHarness>;

// @ts-expect-error: a number is not a number of pieces.
Stock.open(productId(101), 1).reserve(1);
