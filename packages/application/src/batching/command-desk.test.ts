import { describe, expect, it } from '@jest/globals';
import { couponCampaignId, err, ok, orderId, SalesCalendar, userId } from '@jumun/domain';
import { aBasket, accepted, KIM_CHEOLSU, LEE_YOUNGHEE, refused } from '@jumun/domain/testing';
import { issueCoupon } from '../coupon/issue-coupon.js';
import { payOrder } from '../order/pay-order.js';
import { placeOrder } from '../order/place-order.js';
import { CommitOutcomeUnknown, DependencyUnavailable } from '../ports/faults.js';
import type { IdKind, IdSource } from '../ports/id-source.js';
import type { Lock } from '../ports/lock.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { ExpiringLock, NeverLock, RerunningUnitOfWork } from '../testing/index.js';
import { keyOf, openShop } from '../testing/scenario/open-shop.js';
import { chargeWallet } from '../wallet/charge-wallet.js';
import { CommandDesk, type DeskPorts } from './command-desk.js';
import type { CommandHandler } from './command.js';

const together = { maxBatch: 100, maxQueued: 100, endOfTurn: () => Promise.resolve() };

/** A desk over an in-memory shop that tells what it asked of its ports. */
async function aDesk(change: (ports: DeskPorts) => Partial<DeskPorts> = () => ({})) {
  const open = openShop();
  const transactions: string[] = [];
  const allocated: (readonly [IdKind, number])[] = [];
  const unitOfWork: UnitOfWork = {
    async run(work) {
      transactions.push('began');
      const result = await open.ports.unitOfWork.run(work);
      transactions.push('committed');
      return result;
    },
  };
  const ids: IdSource = {
    async allocate(kind, count) {
      allocated.push([kind, count]);
      return open.ports.ids.allocate(kind, count);
    },
  };
  const ports = { ...open.ports, unitOfWork, ids };
  const desk = new CommandDesk({ ...ports, ...change(ports) }, together);
  const charge = (user: number, amount: number, key?: string, request = `charge ${amount}`) => {
    const idempotency = key === undefined ? null : keyOf(userId(user), key, request);
    return desk.submit(chargeWallet, { userId: userId(user), amount }, idempotency);
  };
  return { ...open, desk, charge, transactions, allocated };
}

const CHARGE = 50_000;

describe('CommandDesk', () => {
  it('runs commands that arrive together in one transaction, in the order of arrival', async () => {
    const { charge, transactions, allocated } = await aDesk();
    const charged = await Promise.all([charge(1, 100), charge(2, 20), charge(1, 3)]);
    const balances = charged.map((each) => accepted(each).answer.balance);
    expect(balances).toEqual([100, 20, 103]);
    expect(transactions).toEqual(['began', 'committed']);
    expect(allocated).toEqual([['walletEntry', 3]]);
  });

  it('sets the ids of a batch aside by kind, before its transaction begins', async () => {
    const order: string[] = [];
    const { desk, charge, campaign } = await aDesk(({ ids, unitOfWork }) => ({
      ids: {
        allocate: (kind, count) => {
          order.push(`${count} ${kind}`);
          return ids.allocate(kind, count);
        },
      },
      unitOfWork: {
        run: (work) => {
          order.push('transaction');
          return unitOfWork.run(work);
        },
      },
    }));
    const campaignId = await campaign();
    await Promise.all([
      charge(1, 100),
      desk.submit(issueCoupon, { userId: userId(1), campaignId }),
      charge(2, 100),
    ]);
    expect(order).toEqual(['2 walletEntry', '1 coupon', 'transaction']);
  });

  it('gives the ids that refused commands did not need to the next ones, and asks for no others', async () => {
    const { charge, allocated, store } = await aDesk();
    await Promise.all([charge(1, 0), charge(1, 100), charge(1, 0), charge(1, 20)]);
    await Promise.all([charge(2, 0), charge(2, 3)]);
    await Promise.all([charge(2, 4), charge(2, 5)]);
    const ids = [...store.walletEntries.all()].map(({ id }) => Number(id));
    expect(ids.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    expect(allocated).toEqual([
      ['walletEntry', 4],
      ['walletEntry', 1],
    ]);
  });

  it('gives no id again of a batch whose end is not known', async () => {
    let isLost = true;
    const { charge, store } = await aDesk(({ unitOfWork }) => ({
      unitOfWork: {
        run: async (work) => {
          const result = await unitOfWork.run(work);
          if (isLost) throw new CommitOutcomeUnknown();
          return result;
        },
      },
    }));
    await expect(charge(1, 100)).rejects.toThrow(CommitOutcomeUnknown);
    isLost = false;
    accepted(await charge(1, 100));
    expect(new Set([...store.walletEntries.all()].map(({ id }) => id)).size).toBe(2);
  });

  it('looks at nothing for a command that is certain to be refused, but at the answer of its key', async () => {
    const { desk, charge, allocated, transactions, store } = await aDesk();
    const certain = { ...chargeWallet, foresee: () => ({ code: 'INVALID_AMOUNT' }) as never };
    const command = { userId: userId(1), amount: 100 };
    accepted(await charge(1, 100, 'key'));
    const outcomes = await Promise.all([
      desk.submit(certain, command),
      desk.submit(certain, command, keyOf(userId(1), 'key', 'charge 100')),
      desk.submit(certain, command, keyOf(userId(1), 'another key')),
    ]);
    expect(outcomes.map((outcome) => outcome.isOk())).toEqual([false, true, false]);
    expect(accepted(outcomes[1]).replayed).toBe(true);
    expect(refused(outcomes[2]).code).toBe('INVALID_AMOUNT');
    expect(allocated).toEqual([['walletEntry', 1]]);
    expect(transactions).toHaveLength(4);
    expect(store.wallets.get(userId(1))?.balance).toBe(100);
  });

  it('refuses one command and accepts its neighbours', async () => {
    const { charge, audit } = await aDesk();
    const outcomes = await Promise.all([charge(1, 100), charge(1, 0), charge(1, 5)]);
    expect(outcomes.map((outcome) => outcome.isOk())).toEqual([true, false, true]);
    expect(refused(outcomes[1]).code).toBe('INVALID_AMOUNT');
    expect(accepted(outcomes[2]).answer.balance).toBe(105);
    expect(audit()).toEqual([]);
  });

  it('tells nobody anything before the commit', async () => {
    let commit = (): void => {};
    const gate = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const { charge } = await aDesk(({ unitOfWork }) => ({
      unitOfWork: {
        run: async (work) => {
          const result = await unitOfWork.run(work);
          await gate;
          return result;
        },
      },
    }));
    let told = 'nothing';
    const charging = Promise.all([charge(1, 100), charge(1, 0)]).then(() => {
      told = 'everything';
    });
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    expect(told).toBe('nothing');
    commit();
    await charging;
    expect(told).toBe('everything');
  });

  it('tells everybody of a fault, and leaves nothing, when the store is away', async () => {
    const away = new DependencyUnavailable('the database is away');
    const { charge, store } = await aDesk(() => ({
      unitOfWork: { run: () => Promise.reject(away) },
    }));
    const outcomes = await Promise.allSettled([charge(1, 100), charge(2, 100)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(store.wallets.all()).toEqual([]);
  });

  it('takes a command that cannot be decided away from its neighbours', async () => {
    const poison: CommandHandler<null, null, never> = {
      name: 'poison',
      ids: {},
      claim() {},
      decide: () => {
        throw new Error('poison');
      },
    };
    const { desk, charge, balance, audit } = await aDesk();
    const outcomes = await Promise.allSettled([
      charge(1, 100),
      desk.submit(poison, null),
      charge(1, 20),
      charge(2, 3),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect([await balance(userId(1)), await balance(userId(2))]).toEqual([120, 3]);
    expect(audit()).toEqual([]);
  });

  it('throws when a command takes an id that it did not ask for', async () => {
    const greedy: CommandHandler<null, number, never> = {
      name: 'greedy',
      ids: { walletEntry: 1 },
      claim() {},
      decide: (_command, books) => {
        books.newId('walletEntry');
        return ok({ answer: books.newId('walletEntry'), changes: {} });
      },
    };
    const { desk } = await aDesk();
    await expect(desk.submit(greedy, null)).rejects.toThrow('no walletEntry id was set aside');
  });

  it('lets a command see what one before it in the same batch did', async () => {
    const { desk, shelve, charge, audit } = await aDesk();
    const product = await shelve({ stock: 1 });
    const place = () =>
      desk.submit(placeOrder({ orderHoldSeconds: 900 }), {
        userId: KIM_CHEOLSU,
        basket: aBasket([product, 1]),
        couponId: null,
      });
    const [poor, , rich, late] = await Promise.all([place(), charge(1, CHARGE), place(), place()]);
    expect(refused(poor).code).toBe('INSUFFICIENT_BALANCE');
    expect(accepted(rich).answer.status).toBe('PENDING');
    expect(refused(late).code).toBe('OUT_OF_STOCK');
    expect(audit()).toEqual([]);
  });

  it('pays and cancels an order that was placed in the same batch', async () => {
    const { shop, shelve, charge, stock, balance, audit } = await aDesk();
    const product = await shelve();
    accepted(await charge(1, CHARGE));
    const [first, second] = [orderId(1001), orderId(1002)];
    const command = { userId: KIM_CHEOLSU, basket: aBasket([product, 2]), couponId: null };
    const outcomes = await Promise.all([
      shop.placeOrder(command),
      shop.placeOrder(command),
      shop.payOrder({ userId: KIM_CHEOLSU, orderId: first, amount: null }),
      shop.cancelOrder({ userId: KIM_CHEOLSU, orderId: second }),
      shop.cancelOrder({ userId: KIM_CHEOLSU, orderId: first }),
    ]);
    expect(outcomes.map((outcome) => outcome.isOk())).toEqual([true, true, true, true, true]);
    expect(shop.counts().orders).toMatchObject({ batches: 1, items: 5 });
    expect([await stock(product), await balance(KIM_CHEOLSU)]).toEqual([50, CHARGE]);
    expect(audit()).toEqual([]);
  });

  it('refuses everything once it is closed', async () => {
    const { desk, charge } = await aDesk();
    const accepting = charge(1, 100);
    await desk.close();
    expect(accepted(await accepting).answer.balance).toBe(100);
    expect(refused(await charge(1, 100))).toEqual({ code: 'SERVICE_BUSY' });
  });
});

describe('CommandDesk, when a transaction is rolled back and run again', () => {
  it('gives the same answers, and leaves the same books, as if it had run once', async () => {
    const work = async ({ charge, store, audit }: Awaited<ReturnType<typeof aDesk>>) => {
      const outcomes = await Promise.all([
        charge(1, 100, 'once'),
        charge(1, 100, 'once'),
        charge(1, 0),
        charge(1, 5),
      ]);
      expect(outcomes.map((outcome) => outcome.isOk())).toEqual([true, true, false, true]);
      expect(audit()).toEqual([]);
      return { outcomes, ledger: store.walletEntries.all(), answers: store.answers.all() };
    };
    const once = await work(await aDesk());
    const rerun = await work(
      await aDesk(({ unitOfWork }) => ({ unitOfWork: new RerunningUnitOfWork(unitOfWork) })),
    );
    expect(rerun).toEqual(once);
    expect(once.ledger.map(({ balanceAfter }) => balanceAfter)).toEqual([100, 105]);
  });
});

describe('CommandDesk, given an idempotency key', () => {
  it('answers a request of the same batch again, and does it once', async () => {
    const { charge, balance } = await aDesk();
    const [first, again] = await Promise.all([charge(1, CHARGE, 'k'), charge(1, CHARGE, 'k')]);
    expect(accepted(first).replayed).toBe(false);
    expect(accepted(again)).toEqual({ answer: accepted(first).answer, replayed: true });
    expect(await balance(KIM_CHEOLSU)).toBe(CHARGE);
  });

  it('answers a request of a later batch again, whatever has happened since', async () => {
    const { charge, balance } = await aDesk();
    const first = await charge(1, CHARGE, 'k');
    accepted(await charge(1, 7));
    const again = await charge(1, CHARGE, 'k');
    expect(accepted(again)).toEqual({ answer: accepted(first).answer, replayed: true });
    expect(await balance(KIM_CHEOLSU)).toBe(CHARGE + 7);
  });

  it('refuses another request under the same key, in the same batch and later', async () => {
    const { charge, balance } = await aDesk();
    const [, other] = await Promise.all([charge(1, CHARGE, 'k'), charge(1, 7, 'k')]);
    expect(refused(other)).toEqual({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(refused(await charge(1, 7, 'k'))).toEqual({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await balance(KIM_CHEOLSU)).toBe(CHARGE);
  });

  it('tells another customer’s key of the same name apart', async () => {
    const { charge, balance } = await aDesk();
    await Promise.all([charge(1, CHARGE, 'k'), charge(2, 7, 'k')]);
    expect([await balance(KIM_CHEOLSU), await balance(LEE_YOUNGHEE)]).toEqual([CHARGE, 7]);
  });

  it('remembers no refusal: the same request may succeed later', async () => {
    const { shop, shelve, charge } = await aDesk();
    const basket = aBasket([await shelve(), 1]);
    const place = () =>
      shop.placeOrder({ userId: KIM_CHEOLSU, basket, couponId: null }, keyOf(KIM_CHEOLSU, 'k'));
    expect(refused(await place()).code).toBe('INSUFFICIENT_BALANCE');
    accepted(await charge(1, CHARGE));
    const placed = accepted(await place());
    expect(placed.replayed).toBe(false);
    expect(accepted(await place())).toEqual({ answer: placed.answer, replayed: true });
  });

  it('looks for the answer once everything is locked: whoever held a lock may have given it', async () => {
    const asked: string[] = [];
    const listening = <Port extends object>(name: string, port: Port): Port =>
      new Proxy(port, {
        get(target, method) {
          asked.push(`${name}.${String(method)}`);
          const found: unknown = Reflect.get(target, method);
          return typeof found === 'function' ? (found.bind(target) as unknown) : found;
        },
      });
    const { desk, shelve, charge, order } = await aDesk(({ unitOfWork }) => ({
      unitOfWork: {
        run: (work) =>
          unitOfWork.run((tx) =>
            work({
              ...tx,
              orders: listening('orders', tx.orders),
              wallets: listening('wallets', tx.wallets),
              stocks: listening('stocks', tx.stocks),
              idempotency: listening('answers', tx.idempotency),
            }),
          ),
      },
    }));
    const product = await shelve();
    accepted(await charge(1, CHARGE));
    const { id } = await order(KIM_CHEOLSU, [[product, 1]]);
    const asking = [
      desk.submit(
        payOrder(new SalesCalendar('Asia/Seoul')),
        { userId: KIM_CHEOLSU, orderId: id, amount: null },
        keyOf(KIM_CHEOLSU, 'pay'),
      ),
      charge(2, 100, 'charge'),
    ];
    asked.length = 0;
    expect((await Promise.all(asking)).map((outcome) => outcome.isOk())).toEqual([true, true]);
    expect(asked.slice(0, 4)).toEqual([
      'orders.lockMany',
      'wallets.lockMany',
      'stocks.lockMany',
      'answers.find',
    ]);
  });

  it('remembers nothing of a batch that failed', async () => {
    let isDown = true;
    const { charge, store } = await aDesk(({ unitOfWork }) => ({
      unitOfWork: {
        run: async (work) =>
          unitOfWork.run(async (tx) => {
            const result = await work(tx);
            if (isDown) throw new DependencyUnavailable('lost on the way to the commit');
            return result;
          }),
      },
    }));
    await expect(charge(1, CHARGE, 'k')).rejects.toThrow('lost on the way');
    expect(store.answers.all()).toEqual([]);
    isDown = false;
    expect(accepted(await charge(1, CHARGE, 'k')).replayed).toBe(false);
  });

  it('gives the answer as JSON gives it back, so that a replay is the same to the letter', async () => {
    const { charge } = await aDesk();
    const first = accepted(await charge(1, CHARGE, 'k')).answer;
    const again = accepted(await charge(1, CHARGE, 'k')).answer;
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  });
});

describe('CommandDesk, when commands contend for something', () => {
  const contending = (log: string[]): CommandHandler<string, null, { readonly code: 'NO' }> => ({
    name: 'contend',
    ids: {},
    contention: (command) => command,
    claim() {},
    decide: (command) => {
      log.push(`decided ${command}`);
      return command === 'c' ? err({ code: 'NO' }) : ok({ answer: null, changes: {} });
    },
  });

  it('takes the lock once for the whole batch, for each thing once, around the transaction', async () => {
    const log: string[] = [];
    const { desk } = await aDesk(({ lock, unitOfWork }) => {
      const logging: Lock = {
        withLock: async (keys, ttlMs, work) => {
          log.push(`lock ${[...keys].join()}`);
          const result = await lock.withLock(keys, ttlMs, work);
          log.push('unlock');
          return result;
        },
      };
      const began: UnitOfWork = {
        run: async (work) => {
          log.push('begin');
          const result = await unitOfWork.run(work);
          log.push('commit');
          return result;
        },
      };
      return { lock: logging, unitOfWork: began };
    });
    const handler = contending(log);
    const submitted = ['b', 'a', 'b', 'c'].map((command) => desk.submit(handler, command));
    const outcomes = await Promise.all(submitted);
    expect(outcomes.map((outcome) => outcome.isOk())).toEqual([true, true, true, false]);
    const decided = ['decided b', 'decided a', 'decided b', 'decided c'];
    expect(log).toEqual(['lock b,a,c', 'begin', ...decided, 'commit', 'unlock']);
  });

  it('takes no lock for commands that contend for nothing', async () => {
    const { charge } = await aDesk(() => ({
      lock: { withLock: () => Promise.reject(new Error('a lock was taken')) },
    }));
    expect(accepted(await charge(1, 100)).answer.balance).toBe(100);
  });

  it('names a coupon campaign as what its customers contend for', () => {
    const command = { userId: KIM_CHEOLSU, campaignId: couponCampaignId(501) };
    expect(issueCoupon.contention?.(command)).toBe('coupon-campaign:501');
  });

  it.each([
    ['a lock that lets everybody in', new NeverLock()],
    ['a lock whose holds end in the middle', new ExpiringLock()],
  ])('issues the last coupon once, also with %s and two processes', async (_name, lock) => {
    const here = openShop({ ports: { lock } });
    const there = openShop({ store: here.store, ports: { lock, ids: here.ports.ids } });
    const campaignId = await here.campaign({ totalQuantity: 3 });
    const crowd = Array.from({ length: 200 }, (_, at) =>
      (at % 2 === 0 ? here : there).shop.issueCoupon({ userId: userId(at + 1), campaignId }),
    );
    const issued = (await Promise.all(crowd)).filter((outcome) => outcome.isOk());
    expect(issued.length).toBe(3);
    expect(here.audit()).toEqual([]);
  });
});
