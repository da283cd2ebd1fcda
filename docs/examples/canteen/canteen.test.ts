import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { productId, Stock } from '@jumun/domain';
import type { FastifyInstance } from 'fastify';
import { Books } from './books.ts';
import { canteen } from './canteen.ts';

const NOON = Date.UTC(2024, 0, 17, 3);
const [KIM_CHEOLSU, LEE_YOUNGHEE] = [1, 2];
const [GIMBAP, RAMYEON] = [productId(1), productId(2)]; // 김밥, 라면

describe('The canteen', () => {
  let folder: string;
  let books: Books;
  let app: FastifyInstance;

  const open = (): void => {
    books = new Books(path.join(folder, 'canteen.db'));
    app = canteen(books, () => NOON);
  };
  const close = async (): Promise<void> => {
    await app.close();
    books.close();
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'canteen-'));
    open();
    books.saveStock(Stock.open(GIMBAP, 40), 3_500);
    books.saveStock(Stock.open(RAMYEON, 1), 4_500);
  });
  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });

  const post = async (url: string, payload: object): Promise<unknown> => {
    const { statusCode, body } = await app.inject({ method: 'POST', url, payload });
    return { status: statusCode, ...(JSON.parse(body) as object) };
  };
  const charge = (staff: number, amount: number) => post('/charges', { staff, amount });
  const buy = (staff: number, dish: number, portions = 1) =>
    post('/meals', { staff, dish, portions });

  it('sells a meal to who has put money in', async () => {
    assert.deepEqual(await charge(KIM_CHEOLSU, 10_000), { status: 201, balance: 10_000 });
    assert.deepEqual(await buy(KIM_CHEOLSU, GIMBAP, 2), { status: 201, balance: 3_000, left: 38 });
  });

  it('refuses who has too little, and keeps the meal', async () => {
    const refusal = { code: 'INSUFFICIENT_BALANCE', balance: 0, required: 3_500 };
    assert.deepEqual(await buy(LEE_YOUNGHEE, GIMBAP), { status: 402, ...refusal });
    await charge(KIM_CHEOLSU, 3_500);
    assert.deepEqual(await buy(KIM_CHEOLSU, GIMBAP), { status: 201, balance: 0, left: 39 });
  });

  it('sells the last 라면 to one of twenty who want it at once', async () => {
    await charge(KIM_CHEOLSU, 100_000);
    const answers = await Promise.all(Array.from({ length: 20 }, () => buy(KIM_CHEOLSU, RAMYEON)));
    const sold = answers.filter((answer) => (answer as { status: number }).status === 201);
    assert.deepEqual(sold, [{ status: 201, balance: 95_500, left: 0 }]);
    const refusal = { code: 'OUT_OF_STOCK', productId: RAMYEON, requested: 1, available: 0 };
    assert.deepEqual(await buy(KIM_CHEOLSU, RAMYEON), { status: 409, ...refusal });
  });

  it('takes charges of 1 to 10,000,000 won, and knows what it sells', async () => {
    assert.deepEqual(await buy(KIM_CHEOLSU, 99), { status: 404, code: 'NO_SUCH_DISH' });
    const refusal = { code: 'INVALID_AMOUNT', min: 1, max: 10_000_000 };
    assert.deepEqual(await charge(KIM_CHEOLSU, 10_000_001), { status: 400, ...refusal });
    assert.equal(((await charge(KIM_CHEOLSU, 0)) as { status: number }).status, 400);
  });

  it('has everything in its books when it opens again', async () => {
    await charge(KIM_CHEOLSU, 10_000);
    await buy(KIM_CHEOLSU, GIMBAP);
    await close();
    open();
    assert.deepEqual(await buy(KIM_CHEOLSU, GIMBAP), { status: 201, balance: 3_000, left: 38 });
  });
});
