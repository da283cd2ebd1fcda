import { describe, expect, it } from '@jest/globals';
import { MAX_BALANCE, MAX_CHARGE, MIN_CHARGE } from '@jumun/domain';
import { accepted, KIM_CHEOLSU, LEE_YOUNGHEE, NOON, refused } from '@jumun/domain/testing';
import { openShop } from '../testing/scenario/open-shop.js';

describe('Charging a wallet', () => {
  it('opens it with the first charge, and adds every further one', async () => {
    const { shop, audit } = openShop();
    const first = await shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 50_000 });
    expect(accepted(first).answer).toEqual({ chargeId: 1, amount: 50_000, balance: 50_000 });
    const second = await shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 1 });
    expect(accepted(second).answer).toEqual({ chargeId: 2, amount: 1, balance: 50_001 });
    expect(audit()).toEqual([]);
  });

  it('counts every one of many charges at once, also of a wallet that is not open yet', async () => {
    const { shop, balance, audit } = openShop();
    const charges = Array.from({ length: 100 }, () =>
      shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 1_000 }),
    );
    const balances = (await Promise.all(charges)).map((each) => accepted(each).answer.balance);
    expect(balances).toEqual(Array.from({ length: 100 }, (_, at) => (at + 1) * 1_000));
    expect(await balance(KIM_CHEOLSU)).toBe(100_000);
    expect(audit()).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, MAX_CHARGE + 1])(
    'refuses %d won',
    async (amount) => {
      const { shop, store } = openShop();
      const refusal = refused(await shop.chargeWallet({ userId: KIM_CHEOLSU, amount }));
      expect(refusal).toEqual({ code: 'INVALID_AMOUNT', min: MIN_CHARGE, max: MAX_CHARGE });
      expect(store.wallets.all()).toEqual([]);
    },
  );

  it('refuses to lift the balance above the limit, by one won', async () => {
    const { shop, charge, balance } = openShop();
    for (let charges = 0; charges < MAX_BALANCE / MAX_CHARGE - 1; charges += 1) {
      await charge(KIM_CHEOLSU, MAX_CHARGE);
    }
    await charge(KIM_CHEOLSU, 1);
    const refusal = refused(await shop.chargeWallet({ userId: KIM_CHEOLSU, amount: MAX_CHARGE }));
    const before = MAX_BALANCE - MAX_CHARGE + 1;
    expect(refusal).toEqual({
      code: 'BALANCE_LIMIT_EXCEEDED',
      balance: before,
      limit: MAX_BALANCE,
    });
    await charge(KIM_CHEOLSU, MAX_CHARGE - 1);
    expect(await balance(KIM_CHEOLSU)).toBe(MAX_BALANCE);
  });
});

describe('Reading a wallet', () => {
  it('shows 0 won, as of now, to a customer never seen before', async () => {
    const { shop } = openShop();
    const wallet = accepted(await shop.readWallet(KIM_CHEOLSU));
    expect(wallet).toEqual({ userId: KIM_CHEOLSU, balance: 0, updatedAt: NOON });
  });

  it('shows the balance, as of the last movement', async () => {
    const { shop, charge, clock } = openShop();
    await charge(KIM_CHEOLSU, 50_000);
    clock.advance(60_000);
    const wallet = accepted(await shop.readWallet(KIM_CHEOLSU));
    expect(wallet).toEqual({ userId: KIM_CHEOLSU, balance: 50_000, updatedAt: NOON });
  });

  it('pages through the ledger, newest first, to its end', async () => {
    const { shop, charge } = openShop();
    for (const amount of [1, 2, 3, 4]) await charge(KIM_CHEOLSU, amount);
    await charge(LEE_YOUNGHEE, 99);
    const first = await shop.listWalletEntries(KIM_CHEOLSU, null, 3);
    expect(first.items.map(({ amount }) => amount)).toEqual([4, 3, 2]);
    expect(first.next).toBe(2);
    const last = await shop.listWalletEntries(KIM_CHEOLSU, first.next, 3);
    expect(last.items.map(({ amount }) => amount)).toEqual([1]);
    expect(last.next).toBeNull();
    const exact = await shop.listWalletEntries(KIM_CHEOLSU, null, 4);
    expect(exact.next).toBeNull();
  });
});
