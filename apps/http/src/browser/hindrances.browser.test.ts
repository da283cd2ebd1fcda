import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { Route } from 'playwright-core';
import { balanceOf, CHULSOO, customerWith, statusesOf } from '../testing/browser/customers.js';
import { buyNow, payButton, placeOrder, useCoupon } from '../testing/browser/doings.js';
import { type Setting, SETTINGS } from '../testing/browser/settings.js';
import { leaveBrowser, withVisit } from '../testing/browser/stage.js';
import type { Visit } from '../testing/browser/visit.js';

jest.setTimeout(60_000);
afterAll(leaveBrowser);

/** What the shop says when it cannot serve somebody now. */
const refusal =
  (status: number, code: string, retryAfter = 1) =>
  (route: Route) =>
    route.fulfill({
      status,
      headers: { 'content-type': 'application/problem+json', 'retry-after': String(retryAfter) },
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

/** The shop does what is posted there first, and does not know by itself whether it has. All that is sent, by key and content. */
async function leavingDoubt(visit: Visit, address: string): Promise<readonly string[]> {
  const sent: string[] = [];
  await visit.page.route(address, async (route) => {
    const request = route.request();
    if (request.method() !== 'POST') return route.fallback();
    sent.push(`${request.headers()['idempotency-key']} ${request.postData()}`);
    if (sent.length > 1) return route.fallback();
    await route.fetch();
    await refusal(503, 'OUTCOME_UNKNOWN', 60)(route);
  });
  return sent;
}

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

  it('an order that may have been placed is told of when the cart is changed, too', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 100_000);
      await visit.open('/products/101');
      await visit.button('장바구니에 담기', 'Add to cart').click();
      await visit.open('/cart');
      const sent = await leavingDoubt(visit, '**/api/v1/orders');
      await visit.button('주문하기', 'Place order').click();
      await visit.button('그만 기다리기', 'Stop waiting').click();
      await visit.sees('처리되었는지는 아직 모릅니다', 'We do not know whether it was done');
      await visit.page.getByRole('main').locator('.cart-remove').click();
      await visit.sees('상품 1가지 주문을 요청했습니다', 'An order was sent');
      await visit.button('이어서 진행', 'Go on').click();
      await payButton(visit, 25_000).waitFor();
      expect(new Set(sent).size).toBe(1);
      expect(await statusesOf(chulsoo)).toEqual(['PENDING']);
    }));

  it('what is tried again is what was sent, though another coupon was chosen since', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 100_000);
      await visit.open('/coupons');
      const campaign = visit.page.getByRole('listitem').filter({ hasText: '선착순 10% 할인' });
      await campaign.getByRole('button', { name: visit.say('쿠폰 받기', 'Take coupon') }).click();
      await visit.sees('제1호', 'No. 1');
      await buyNow(visit, '무선 마우스');
      const sent = await leavingDoubt(visit, '**/api/v1/orders');
      await placeOrder(visit);
      await visit.button('그만 기다리기', 'Stop waiting').click();
      await useCoupon(visit);
      await visit.button('다시 시도', 'Try again').click();
      await payButton(visit, 25_000).waitFor();
      expect(sent).toHaveLength(2);
      expect(new Set(sent).size).toBe(1);
      expect(await statusesOf(chulsoo)).toEqual(['PENDING']);
    }));

  it('pieces that may have come in already come in once', () =>
    withVisit({ setting }, async (visit, shop) => {
      const stockOf = async () => (await shop.anybody.get('/products/101')).body.stock as number;
      const before = await stockOf();
      await visit.open('/admin/products');
      const sent = await leavingDoubt(visit, '**/restock');
      const restock = visit.button('입고', 'Restock');
      const open = visit.button('입고 무선 마우스', 'Restock 무선 마우스');
      const dialog = visit.page.getByRole('dialog');
      const submit = dialog.getByRole('button').and(restock);
      await open.click();
      await submit.click();
      await visit.button('그만 기다리기', 'Stop waiting').waitFor();
      await dialog.getByRole('button').and(visit.button('취소', 'Cancel')).click();
      await open.click();
      await dialog
        .getByText(visit.say('10개 입고를 요청했습니다', 'A restock of 10 was sent before'))
        .waitFor();
      expect(await submit.count()).toBe(0);
      await visit.button('이어서 진행', 'Go on').click();
      await visit.isTold('재고가', 'There are');
      expect(await stockOf()).toBe(before + 10);
      expect(new Set(sent).size).toBe(1);
      // What is begun now is another ten.
      await open.click();
      await submit.click();
      await visit.isTold(`재고가 ${before + 20}개가`, `There are ${before + 20} of`);
      expect(new Set(sent).size).toBe(2);
    }));

  it('a stock that cannot be read again is not shown as if it were live', () =>
    withVisit({ setting }, async (visit) => {
      await visit.open('/products/101');
      await visit.sees('재고 ', ' in stock');
      await visit.page.route('**/api/v1/products/101', refusal(503, 'SERVICE_BUSY'));
      const quietly = visit.page.getByText(
        visit.say('지금은 새로 확인하지 못하고 있습니다', 'cannot be checked right now'),
      );
      await quietly.waitFor();
      await visit.page.unroute('**/api/v1/products/101');
      await quietly.waitFor({ state: 'hidden' });
      expect(new Set(visit.refusals)).toEqual(new Set(['503 SERVICE_BUSY']));
    }));

  it('the time of an order ends once the shop has said so, however slowly it answers', () =>
    withVisit({ setting, variables: { ORDER_HOLD_SECONDS: '2' } }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 100_000);
      await visit.open('/');
      await buyNow(visit, '무선 마우스');
      const away = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time));
      await visit.page.route(/\/api\/v1\/orders\/\d+$/, async (route) => {
        // Longer than from one second to the next.
        await away(1_500);
        await route.fallback().catch(() => {});
      });
      await placeOrder(visit);
      await visit.sees('결제 시간이 지났습니다', 'The time to pay is over');
      expect(await statusesOf(chulsoo)).toEqual(['EXPIRED']);
    }));
});
