import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { balanceOf, CHULSOO, customerWith } from '../testing/browser/customers.js';
import { payButton } from '../testing/browser/doings.js';
import { hasFocus, tabTo } from '../testing/browser/keyboard.js';
import { ON_A_DESKTOP } from '../testing/browser/settings.js';
import { leaveBrowser, withVisit } from '../testing/browser/stage.js';

jest.setTimeout(60_000);
afterAll(leaveBrowser);

describe('Who has no mouse', () => {
  it('lives scenario 1 by the keyboard alone, and always sees where they are', () =>
    withVisit({ setting: ON_A_DESKTOP }, async (visit, shop) => {
      const { page } = visit;
      const chulsoo = await customerWith(shop, CHULSOO, 0);
      const menu = page.getByRole('navigation', { name: 'Main' });
      const title = page.getByRole('heading', { level: 1 });
      const enter = async (target: ReturnType<typeof visit.button>) => {
        await tabTo(page, target);
        await page.keyboard.press('Enter');
      };

      await visit.open('/');
      await enter(menu.getByRole('link', { name: 'Wallet' }));
      await tabTo(page, page.getByLabel('Amount to charge'));
      await page.keyboard.type('50000');
      await page.keyboard.press('Enter');
      await visit.seesMoney(50_000);

      await enter(menu.getByRole('link', { name: 'Products' }));
      await enter(visit.link('무선 마우스', '무선 마우스'));
      await page.getByRole('heading', { level: 1, name: '무선 마우스' }).waitFor();
      // Whoever comes to a new page stands at its title, and need not go through the menu again.
      expect(await hasFocus(title)).toBe(true);
      await enter(visit.button('장바구니에 담기', 'Add to cart'));
      await enter(menu.getByRole('link', { name: 'Cart' }));
      await enter(visit.button('주문하기', 'Place order'));
      await enter(payButton(visit, 25_000));
      await visit.sees('결제가 끝났습니다', 'Paid, and yours');
      expect(await balanceOf(chulsoo)).toBe(25_000);
    }));

  it('skips the menu by the first key, and comes to the content', () =>
    withVisit({ setting: ON_A_DESKTOP }, async (visit) => {
      await visit.open('/products');
      await visit.page.keyboard.press('Tab');
      await visit.page.keyboard.press('Enter');
      expect(await hasFocus(visit.page.getByRole('main'))).toBe(true);
    }));
});
