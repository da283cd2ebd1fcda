import type { BalanceLimitExceeded, InsufficientBalance, InvalidAmount } from '@jumun/domain';
import { err, instant, ok, orderId, type OutOfStock, pieces, productId } from '@jumun/domain';
import { type Result, times, userId, walletEntryId, won } from '@jumun/domain';
import fastify, { type FastifyInstance } from 'fastify';
import type { Books } from './books.ts';

type NoSuchDish = { readonly code: 'NO_SUCH_DISH' };
type Refusal = OutOfStock | InsufficientBalance | InvalidAmount | BalanceLimitExceeded | NoSuchDish;

/** A refusal without a status does not compile. */
const STATUS = {
  OUT_OF_STOCK: 409,
  INSUFFICIENT_BALANCE: 402,
  INVALID_AMOUNT: 400,
  BALANCE_LIMIT_EXCEEDED: 409,
  NO_SUCH_DISH: 404,
} satisfies Record<Refusal['code'], number>;

/** Puts money into a wallet. */
export const charge = (books: Books, staff: number, amount: number, now: number) =>
  books.inTransaction((): Result<{ balance: number }, Refusal> => {
    const entryId = walletEntryId(books.nextId());
    const charged = books.wallet(userId(staff), now).charge({ entryId, amount, at: instant(now) });
    if (charged.isErr()) return err(charged.error);
    books.saveWallet(charged.value.next, charged.value.entry);
    return ok({ balance: charged.value.next.balance });
  });

/** Sells at the counter: held, paid and handed over at once. Whoever is refused has left no trace. */
export const sell = (books: Books, staff: number, dish: number, portions: number, now: number) =>
  books.inTransaction((): Result<{ balance: number; left: number }, Refusal> => {
    const [found, quantity, id] = [books.dish(productId(dish)), pieces(portions), books.nextId()];
    if (found === undefined) return err({ code: 'NO_SUCH_DISH' });
    const held = found.stock.reserve(quantity);
    if (held.isErr()) return err(held.error);
    const amount = times(won(found.price), quantity);
    const payment = { entryId: walletEntryId(id), orderId: orderId(id), amount, at: instant(now) };
    const paid = books.wallet(userId(staff), now).pay(payment);
    if (paid.isErr()) return err(paid.error);
    const stock = held.value.post(quantity);
    books.saveStock(stock, found.price);
    books.saveWallet(paid.value.next, paid.value.entry);
    return ok({ balance: paid.value.next.balance, left: stock.available });
  });

const WHOLE = { type: 'integer', minimum: 1, maximum: 1_000_000_000 };
const wholeNumbers = (...required: readonly string[]) => ({
  body: { type: 'object', required, additionalProperties: WHOLE },
});
type Body<Name extends string> = { readonly Body: Readonly<Record<Name, number>> };

/** The canteen over HTTP. `now` tells the time in milliseconds. */
export function canteen(books: Books, now: () => number): FastifyInstance {
  const app = fastify();
  const answer = (result: Result<object, Refusal>): [status: number, body: object] =>
    result.isOk() ? [201, result.value] : [STATUS[result.error.code], result.error];

  const charges = { schema: wholeNumbers('staff', 'amount') };
  app.post<Body<'staff' | 'amount'>>('/charges', charges, ({ body }, reply) => {
    const [status, sent] = answer(charge(books, body.staff, body.amount, now()));
    return reply.status(status).send(sent);
  });
  const meals = { schema: wholeNumbers('staff', 'dish', 'portions') };
  app.post<Body<'staff' | 'dish' | 'portions'>>('/meals', meals, ({ body }, reply) => {
    const [status, sent] = answer(sell(books, body.staff, body.dish, body.portions, now()));
    return reply.status(status).send(sent);
  });
  return app;
}
