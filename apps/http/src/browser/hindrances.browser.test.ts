import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { Route } from 'playwright-core';
import { balanceOf, CHULSOO, customerWith, statusesOf } from '../testing/browser/customers.js';
import { buyNow, payButton, placeOrder } from '../testing/browser/doings.js';
import { type Setting, SETTINGS } from '../testing/browser/settings.js';
import { leaveBrowser, withVisit } from '../testing/browser/stage.js';

jest.setTimeout(60_000);
afterAll(leaveBrowser);

/** What the shop says when it cannot serve somebody now. */
const refusal = (status: number, code: string) => (route: Route) =>
  route.fulfill({
    status,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '1' },
    body: JSON.stringify({
      type: `/docs/problems/${code}`,
      title: code,
      status,
      detail: code,
      code,
      instance: '/api/v1/orders',
      requestId: 'a-request',
    }),
  });

describe.each<Setting>([...SETTINGS])('What gets in the way, $name', (setting) => {
  it('a double click orders once, and pays once', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 100_000);
      await visit.open('/');
      await buyNow(visit, '무선 마우스');
      await visit.button('주문하기', 'Place order').dblclick();
      await payButton(visit, 25_000).dblclick();
      await visit.sees('결제가 끝났습니다', 'Paid, and yours');
      expect(await statusesOf(chulsoo)).toEqual(['COMPLETED']);
      expect(await balanceOf(chulsoo)).toBe(75_000);
    }));

  it('a lost connection shows, and when it is back what was begun goes on by itself', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 100_000);
      await visit.open('/');
      await buyNow(visit, '무선 마우스');
      await placeOrder(visit);
      await payButton(visit, 25_000).waitFor();
      await visit.context.setOffline(true);
      await payButton(visit, 25_000).click();
      const banner = visit.page.getByText(
        visit.say('연결이 끊겼습니다. 다시 연결하는 중', 'The connection is lost. You need not'),
      );
      await banner.waitFor();
      expect(await statusesOf(chulsoo)).toEqual(['PENDING']);
      await visit.context.setOffline(false);
      await visit.sees('결제가 끝났습니다', 'Paid, and yours');
      await banner.waitFor({ state: 'hidden' });
      expect(await balanceOf(chulsoo)).toBe(75_000);
      visit.forgive(/ERR_INTERNET_DISCONNECTED/);
    }));

  it('a busy shop is asked again with the same key, as soon as it wants to be', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 100_000);
      await visit.open('/');
      await buyNow(visit, '무선 마우스');
      const keys: (string | undefined)[] = [];
      const inTheWay = [refusal(429, 'RATE_LIMITED'), refusal(503, 'SERVICE_BUSY')];
      await visit.page.route('**/api/v1/orders', async (route) => {
        if (route.request().method() !== 'POST') return route.fallback();
        keys.push(route.request().headers()['idempotency-key']);
        await (inTheWay.shift()?.(route) ?? route.fallback());
      });
      await placeOrder(visit);
      await visit.button('그만 기다리기', 'Stop waiting').waitFor();
      await payButton(visit, 25_000).waitFor();
      expect(keys).toHaveLength(3);
      expect(new Set(keys).size).toBe(1);
      expect(await statusesOf(chulsoo)).toEqual(['PENDING']);
      expect(visit.refusals).toEqual(['429 RATE_LIMITED', '503 SERVICE_BUSY']);
    }));

  it('who reloads in the middle of a payment finds out how it ended', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 100_000);
      await visit.open('/');
      await buyNow(visit, '무선 마우스');
      await placeOrder(visit);
      const done = Promise.withResolvers<void>();
      await visit.page.route('**/payment', async (route) => {
        // The shop has done it, and nobody hears of it.
        await route.fetch();
        done.resolve();
      });
      await payButton(visit, 25_000).click();
      await done.promise;
      await visit.page.reload();
      await visit.sees('결제가 끝났습니다', 'Paid, and yours');
      expect(await statusesOf(chulsoo)).toEqual(['COMPLETED']);
      expect(await balanceOf(chulsoo)).toBe(75_000);
    }));

  it('who keeps an order while the shop is too busy to cancel it has it still', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 100_000);
      await visit.open('/');
      await buyNow(visit, '무선 마우스');
      await placeOrder(visit);
      const asked: string[] = [];
      await visit.page.route('**/cancel', (route) => {
        asked.push(route.request().url());
        return asked.length === 1 ? refusal(503, 'SERVICE_BUSY')(route) : route.fallback();
      });
      const cancel = visit.button('주문 취소', 'Cancel order');
      await cancel.click();
      await visit.page.getByRole('dialog').getByRole('button').and(cancel).click();
      await visit.button('그만 기다리기', 'Stop waiting').waitFor();
      await visit.button('그대로 두기', 'Keep it').click();
      await cancel.click();
      const over = visit.say('기다리기를 그만두었습니다', 'You stopped waiting');
      await visit.page.getByRole('dialog').getByText(over).waitFor();
      expect(asked).toHaveLength(1);
      expect(await statusesOf(chulsoo)).toEqual(['PENDING']);
    }));

  it('what is put into the cart while it is ordered stays there', () =>
    withVisit({ setting }, async (visit, shop) => {
      await customerWith(shop, CHULSOO, 100_000);
      await visit.open('/products/101');
      await visit.button('장바구니에 담기', 'Add to cart').click();
      await visit.open('/cart');
      const ordering = Promise.withResolvers<void>();
      const goOn = Promise.withResolvers<void>();
      await visit.page.route('**/api/v1/orders', async (route) => {
        if (route.request().method() !== 'POST') return route.fallback();
        ordering.resolve();
        await goOn.promise;
        await route.fallback();
      });
      await visit.button('주문하기', 'Place order').click();
      await ordering.promise;
      await visit.go('상품', 'Products');
      await visit.page.getByRole('main').locator('.card-name').nth(1).click();
      await visit.button('장바구니에 담기', 'Add to cart').click();
      goOn.resolve();
      await visit.isTold('을 받았습니다', 'is placed');
      expect(await visit.page.evaluate("localStorage.getItem('jumun.cart')")).toMatch(
        /^\[\[\d+,1\]\]$/,
      );
    }));

  it('who charges another amount meanwhile is told what was charged', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 0);
      await visit.open('/wallet');
      const charging = Promise.withResolvers<void>();
      const goOn = Promise.withResolvers<void>();
      await visit.page.route('**/wallet/charges', async (route) => {
        charging.resolve();
        await goOn.promise;
        await route.fallback();
      });
      const amount = visit.page.getByLabel(visit.say('충전할 금액', 'Amount to charge'));
      const charge = visit.button('충전하기', 'Charge');
      await amount.fill('10000');
      await charge.click();
      await charging.promise;
      await visit.go('쿠폰', 'Coupons');
      await visit.go('지갑', 'Wallet');
      await amount.fill('70000');
      await charge.click();
      goOn.resolve();
      const told = visit.say('10,000원을 충전했습니다', '₩10,000 charged');
      // By the form that began it, and by the one that joined it.
      await visit.page.getByText(told).nth(1).waitFor();
      expect(await balanceOf(chulsoo)).toBe(10_000);
    }));
});
