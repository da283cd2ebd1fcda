import { setTimeout as sleep } from 'node:timers/promises';
import type { Answered, Idempotency, Refusal, Shop } from '@jumun/application';
import { err, instant, ok, type Result, SalesCalendar, won } from '@jumun/domain';
import type { Knex } from 'knex';
import type { OpenedShop, OrderShop } from '../lib/opened-shop.ts';
import { Refused } from './refused.ts';
import { openKnex } from './textbook-database.ts';
import { TextbookIds } from './textbook-ids.ts';
import { pay } from './textbook-pay.ts';
import { place } from './textbook-place.ts';
import type { AnswerRow, WalletRow } from './textbook-rows.ts';

// The honest baseline: what a good textbook says. One transaction for each order and for each payment, rows locked by
// SELECT ... FOR UPDATE in one order for everybody, run again on a deadlock. It writes the same rows as we do.

const ATTEMPTS = 10;
const PAUSE_MS = 5;
const RERUN = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_DUP_ENTRY']);

export interface TextbookSettings {
  readonly databaseUrl: string;
  /** Connections to MySQL; where it is left out, what was found to be best. */
  readonly pool?: number;
}

/** The order flow on plain Knex. */
export class TextbookShop implements OrderShop {
  private readonly knex: Knex;
  private readonly ids: Readonly<
    Record<'order' | 'payment' | 'walletEntry' | 'delivery', TextbookIds>
  >;
  private readonly calendar = new SalesCalendar('Asia/Seoul');

  constructor(knex: Knex) {
    this.knex = knex;
    this.ids = {
      order: new TextbookIds(knex, 'order'),
      payment: new TextbookIds(knex, 'payment'),
      walletEntry: new TextbookIds(knex, 'walletEntry'),
      delivery: new TextbookIds(knex, 'delivery'),
    };
  }

  readonly placeOrder: Shop['placeOrder'] = async (command, key) => {
    const id = await this.ids.order.next();
    return this.inTransaction(key, (trx) => place(trx, command, { id, now: Date.now() }));
  };

  readonly payOrder: Shop['payOrder'] = async (command, key) => {
    const paymentId = await this.ids.payment.next();
    const entryId = await this.ids.walletEntry.next();
    const deliveryId = await this.ids.delivery.next();
    return this.inTransaction(key, (trx) => {
      const now = Date.now();
      const day = this.calendar.dayOf(instant(now));
      return pay(trx, command, { paymentId, entryId, deliveryId, now, day });
    });
  };

  readonly readWallet: Shop['readWallet'] = async (userId) => {
    const wallet = await this.knex<WalletRow>('wallets').where({ user_id: userId }).first();
    return ok({
      userId,
      balance: won(wallet?.balance ?? 0),
      updatedAt: instant(wallet?.updated_at ?? Date.now()),
    });
  };

  readonly close: Shop['close'] = async () => {};

  private async inTransaction<Answer, Reason extends Refusal>(
    key: Idempotency | undefined,
    work: (trx: Knex.Transaction) => Promise<Answer>,
  ): Promise<Result<Answered<Answer>, Reason>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return ok(await this.knex.transaction((trx) => once(trx, key, () => work(trx))));
      } catch (fault) {
        if (fault instanceof Refused) return err(fault.reason as Reason);
        const { code } = fault as { readonly code?: string };
        if (attempt === ATTEMPTS || !RERUN.has(code ?? '')) throw fault;
        await sleep(Math.random() * PAUSE_MS * attempt);
      }
    }
  }
}

/** The first answer again for a key that was used before; else what `work` answers, remembered. */
async function once<Answer>(
  trx: Knex.Transaction,
  key: Idempotency | undefined,
  work: () => Promise<Answer>,
): Promise<Answered<Answer>> {
  if (key === undefined) return { answer: await work(), replayed: false };
  const name = { user_id: key.userId, idempotency_key: key.key };
  const earlier = await trx<AnswerRow>('idempotency_answers').where(name).first();
  if (earlier !== undefined) {
    if (earlier.fingerprint !== key.fingerprint) {
      throw new Refused({ code: 'IDEMPOTENCY_KEY_REUSED' });
    }
    return { answer: JSON.parse(earlier.answer) as Answer, replayed: true };
  }
  const answer = await work();
  await trx<AnswerRow>('idempotency_answers').insert({
    ...name,
    fingerprint: key.fingerprint,
    answer: JSON.stringify(answer),
    created_at: Date.now(),
  });
  return { answer, replayed: false };
}

export async function openShop({
  databaseUrl,
  pool,
}: TextbookSettings): Promise<OpenedShop<TextbookShop>> {
  const knex = openKnex(databaseUrl, pool);
  return { shop: new TextbookShop(knex), close: () => knex.destroy() };
}
