import { pieces, productId, Stock } from '@jumun/domain';
import { aStock } from '@jumun/domain/testing';
import type { UnitOfWork } from '@jumun/application';

export type Work = UnitOfWork['run'];

const held = Stock.open(productId(101), 50).reserve(pieces(1));
if (held.isErr()) throw new Error(`${held.error.code}: ${held.error.available}`);
if (held.value.available + aStock().available !== 99) throw new Error('pieces are missing');

// @ts-expect-error: an order's id is not a product's.
Stock.open('101', 1);
