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
});
