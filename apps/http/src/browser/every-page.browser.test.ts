import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { ADMIN_PATHS, SHOP_PATHS } from '../pages/page-paths.js';
import { barriersOn } from '../testing/browser/accessibility.js';
import { counted, sell } from '../testing/browser/sales.js';
import { customerWith, CHULSOO } from '../testing/browser/customers.js';
import { ON_A_DESKTOP, ON_A_PHONE, type Setting, type Theme } from '../testing/browser/settings.js';
import { leaveBrowser, withVisit } from '../testing/browser/stage.js';
import type { ShopProcess } from '../testing/shop-process.js';

jest.setTimeout(120_000);
afterAll(leaveBrowser);

const WIRELESS_MOUSE = 101;
const FIVE_PERCENT = 503;

/** A shop in which there is something on every page; resolves to the number of an order that waits to be paid. */
async function furnish(shop: ShopProcess): Promise<number> {
  await sell(shop, { 103: 3, 105: 2 });
  await counted(shop, 5);
  const chulsoo = await customerWith(shop, CHULSOO, 100_000);
  await chulsoo.post(`/coupon-campaigns/${FIVE_PERCENT}/coupons`);
  const items = [{ productId: WIRELESS_MOUSE, quantity: 1 }];
  const paid = await chulsoo.post('/orders', { items });
  await chulsoo.post(`/orders/${paid.body.id}/payment`);
  await chulsoo.post('/products/101/reviews', { rating: 5, text: '손에 잘 맞습니다.' });
  return Number((await chulsoo.post('/orders', { items })).body.id);
}

const cases: readonly (readonly [string, Setting, Theme])[] = [
  [`${ON_A_PHONE.name}, in light`, ON_A_PHONE, 'light'],
  [`${ON_A_DESKTOP.name}, in the dark`, ON_A_DESKTOP, 'dark'],
];

describe('Every page', () => {
  it.each(cases)('keeps nobody out and fits, %s', (_name, setting, theme) =>
    withVisit(
      { setting, theme, variables: { STATS_INTERVAL_SECONDS: '1' } },
      async (visit, shop) => {
        const order = await furnish(shop);
        const found: string[] = [];
        const look = async (path: string): Promise<void> => {
          const id = path.startsWith('/orders') ? order : WIRELESS_MOUSE;
          await visit.open(path.replace(':id', String(id)));
          await visit.page.getByRole('heading', { level: 1 }).waitFor();
          await visit.page.locator('.skeleton').first().waitFor({ state: 'detached' });
          for (const each of await barriersOn(visit.page)) found.push(`${path}: ${each}`);
          if (await visit.page.evaluate(IS_WIDER)) found.push(`${path}: wider than the window`);
        };
        for (const path of [...SHOP_PATHS, '/cart?buy=101']) await look(path);
        await visit.become('운영자', 'Operator');
        for (const path of ADMIN_PATHS) await look(path);
        expect(found).toEqual([]);
        expect(visit.refusals).toEqual([]);
      },
    ),
  );
});

const IS_WIDER = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
