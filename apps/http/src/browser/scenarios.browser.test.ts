import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { balanceOf, CHULSOO, customerWith, YOUNGHEE } from '../testing/browser/customers.js';
import { buyNow, charge, pay, placeOrder, useCoupon } from '../testing/browser/doings.js';
import { type Setting, SETTINGS } from '../testing/browser/settings.js';
import { leaveBrowser, withVisit } from '../testing/browser/stage.js';
import type { ShopProcess } from '../testing/shop-process.js';

/** Product ids of the demo catalogue. */
const WIRELESS_MOUSE = 101;
const GAMING_MOUSE = 103;
/** Campaign ids of the demo catalogue. */
const TEN_PERCENT = 501;

jest.setTimeout(60_000);
afterAll(leaveBrowser);

const stockOf = async (shop: ShopProcess, id: number): Promise<unknown> =>
  (await shop.anybody.get(`/products/${id}`)).body.stock;

describe.each<Setting>([...SETTINGS])('The scenarios, $name', (setting) => {
  it('1: 김철수 tops up, finds the 무선 마우스, orders and pays: 25,000 won and 49 pieces are left', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 0);
      await visit.open('/wallet');
      await visit.seesMoney(0);
      await visit.button(visit.won(50_000), visit.won(50_000)).click();
      await visit.button('충전하기', 'Charge').click();
      await visit.seesMoney(50_000);

      await visit.go('상품', 'Products');
      await visit.link('무선 마우스', '무선 마우스').click();
      await visit.page.getByRole('heading', { level: 1, name: '무선 마우스' }).waitFor();
      await visit.seesMoney(25_000);
      await visit.sees('재고 50개', '50 in stock');
      await visit.button('장바구니에 담기', 'Add to cart').click();
      await visit.go('장바구니', 'Cart');
      await placeOrder(visit);
      await visit.sees('결제 대기', 'To be paid');
      await pay(visit, 25_000);

      await visit.go('지갑', 'Wallet');
      await visit.seesMoney(25_000);
      await visit.sees('결제', 'Payment');
      expect(await balanceOf(chulsoo)).toBe(25_000);
      expect(await stockOf(shop, WIRELESS_MOUSE)).toBe(49);
      expect((await shop.anybody.get('/dev/platform')).body.messages).toBe(1);
      expect(visit.refusals).toEqual([]);
    }));

  it('2: 이영희 takes a coupon and pays 40,500 won for the 블루투스 키보드: 59,500 won are left', () =>
    withVisit({ setting }, async (visit, shop) => {
      const younghee = await customerWith(shop, YOUNGHEE, 100_000);
      await visit.open('/coupons');
      await visit.become('이영희', 'Lee Younghee');
      const campaign = visit.page.getByRole('listitem').filter({ hasText: '선착순 10% 할인' });
      await campaign.getByRole('button', { name: visit.say('쿠폰 받기', 'Take coupon') }).click();
      await visit.sees('제1호', 'No. 1');

      await buyNow(visit, '블루투스 키보드');
      await useCoupon(visit);
      await visit.seesMoney(40_500);
      await placeOrder(visit);
      await pay(visit, 40_500);

      await visit.go('지갑', 'Wallet');
      await visit.seesMoney(59_500);
      expect(await balanceOf(younghee)).toBe(59_500);
      const [used] = (await younghee.get('/coupons')).body.items;
      expect(used).toMatchObject({ couponCampaignId: TEN_PERCENT, issueNumber: 1, status: 'USED' });
      expect(visit.refusals).toEqual([]);
    }));

  it('3: somebody else was faster with the last 게이밍 마우스: 김철수 buys what is offered in its place', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 80_000);
      await visit.open('/products');
      await buyNow(visit, '게이밍 마우스');
      await visit.button('주문하기', 'Place order').waitFor();
      const other = await customerWith(shop, 77, 65_000);
      const items = [{ productId: GAMING_MOUSE, quantity: 1 }];
      expect((await other.post('/orders', { items })).status).toBe(201);

      await placeOrder(visit);
      await visit.sees('품절되었습니다', 'Sold out');
      await visit.page.getByRole('button', { name: /초경량 게이밍 마우스/ }).click();
      await visit.seesMoney(59_000);
      await placeOrder(visit);
      await pay(visit, 59_000);
      expect(await balanceOf(chulsoo)).toBe(21_000);
      expect(visit.refusals).toEqual(['400 OUT_OF_STOCK']);
    }));

  it('4: 김철수 lacks 105,000 won for the 모니터, charges 110,000 where he stands, and has 5,000 left', () =>
    withVisit({ setting }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 15_000);
      await visit.open('/products');
      await buyNow(visit, '모니터');
      await placeOrder(visit);
      // What is missing is filled in, to the won; he wants a little more.
      const field = visit.page.getByLabel(visit.say('충전할 금액', 'Amount to charge'));
      expect(await field.inputValue()).toBe('105,000');
      await field.fill('110000');
      const sum = visit.won(110_000);
      await visit.button(`${sum} 충전하고 주문하기`, `Charge ${sum} and order`).click();
      await pay(visit, 120_000);
      expect(await balanceOf(chulsoo)).toBe(5_000);
      expect(visit.refusals).toEqual(['400 INSUFFICIENT_BALANCE']);
    }));

  it('5: all 20 % coupons are gone: 이영희 takes the 5 % that are offered, and uses them', () =>
    withVisit({ setting }, async (visit, shop) => {
      const younghee = await customerWith(shop, YOUNGHEE, 0);
      await visit.open('/coupons');
      await visit.become('이영희', 'Lee Younghee');
      const exhausted = visit.page.getByRole('listitem').filter({ hasText: '선착순 20% 할인' });
      await exhausted
        .getByRole('button', { name: visit.say('그래도 받아 보기', 'Try anyway') })
        .click();
      await visit.page.getByRole('button', { name: /누구나 5% 할인/ }).click();
      await visit.sees('제1호', 'No. 1');

      await visit.go('지갑', 'Wallet');
      await charge(visit, 28_500);
      await visit.seesMoney(28_500);
      await buyNow(visit, '이어폰');
      await useCoupon(visit);
      await placeOrder(visit);
      await pay(visit, 28_500);
      expect(await balanceOf(younghee)).toBe(0);
      expect(visit.refusals).toEqual(['409 COUPON_EXHAUSTED']);
    }));
});
