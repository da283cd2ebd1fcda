/**
 * Takes the pictures of docs/pictures from the real app, while customers rush in: `npm run pictures`. The same customers come
 * each time; what differs is the time of day. Needs Chromium, and a Korean font.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { importSources } from './import-sources.ts';

const root = path.join(import.meta.dirname, '..');
const FOLDER = path.join(root, 'docs/pictures');
/** WebP's own scale: more is hardly seen, less is. */
const QUALITY = 82;
const RUSH = { customers: 480, products: 8, seconds: 40 };
const DESKTOP = { width: 1200, height: 860 };
const PHONE = { width: 390, height: 800 };

const { findBrowser } = await importSources(
  () => import('../packages/adapters/src/testing/servers/find-browser.ts'),
);

function needKoreanFont(): void {
  const fonts = execFileSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' });
  if (fonts.trim() !== '') return;
  throw new Error('The pictures need a Korean font: install fonts-noto-cjk, or another one.');
}

/** Starts the app on a fresh shop; resolves to its address and a way to stop it. */
async function startShop(): Promise<{ url: string; stop: () => Promise<void> }> {
  const shop = spawn(process.execPath, [path.join(root, 'apps/http/dist/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      MANAGEMENT_PORT: '0',
      DATABASE_URL: 'sqlite://:memory:',
      STATS_INTERVAL_SECONDS: '2',
    },
  });
  const exited = once(shop, 'exit');
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: shop.stdout })
      .on('line', (line) => {
        const found = /"port":(\d+).*"msg":"listening"/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      })
      .on('close', () => reject(new Error('the app ended before it listened')));
  });
  const stop = async (): Promise<void> => {
    shop.kill('SIGTERM');
    await exited;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** Somebody who looks at the pages in Korean, in Seoul. */
async function open(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
    ...options,
  });
  return context.newPage();
}

/** Playwright itself writes no WebP. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
  });
  await devtools.detach();
  const picture = Buffer.from(data, 'base64');
  await writeFile(path.join(FOLDER, `${name}.webp`), picture);
  console.log(`docs/pictures/${name}.webp  ${Math.round(picture.length / 1_024)} kB`);
}

async function rush(page: Page, url: string): Promise<void> {
  const begun = await page.request.post(`${url}/api/v1/dev/rush`, { data: RUSH });
  if (begun.status() !== 202) throw new Error(`no rush: ${begun.status()}`);
}

async function untilRushIs(page: Page, url: string, gone: number): Promise<void> {
  for (;;) {
    const answer = await page.request.get(`${url}/api/v1/dev/rush`);
    const report = (await answer.json()) as { readonly gone: number };
    if (report.gone >= gone) return;
    await page.waitForTimeout(200);
  }
}

/** The control room while they come: its charts need somebody who looks from the beginning. */
async function takeControlRoom(browser: Browser, url: string): Promise<void> {
  const rooms = await Promise.all(
    (['light', 'dark'] as const).map(async (colorScheme) => {
      const page = await open(browser, { viewport: DESKTOP, colorScheme });
      await page.goto(`${url}/admin`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return { page, colorScheme };
    }),
  );
  const [first] = rooms;
  if (first === undefined) throw new Error('there is no room');
  await rush(first.page, url);
  await untilRushIs(first.page, url, RUSH.customers * 0.9);
  for (const { page, colorScheme } of rooms) {
    await take(page, `control-room-${colorScheme}`);
    await page.context().close();
  }
}

/** So much at once of two products that ranks change: one takes first place, one comes in from below. */
const LAST_SALE = [
  { productId: 103, quantity: 40 },
  { productId: 108, quantity: 65 },
];

async function sellOnceMore(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, {});
  const { request } = page.context();
  const post = async (at: string, data: object, token = ''): Promise<Record<string, unknown>> => {
    const headers = token === '' ? {} : { Authorization: `Bearer ${token}` };
    const answer = await request.post(`${url}/api/v1${at}`, { data, headers });
    if (!answer.ok()) throw new Error(`${at}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const { token: operator } = await post('/dev/tokens', { userId: 9001, roles: ['operator'] });
  const { token: buyer } = await post('/dev/tokens', { userId: 700 });
  for (const { productId, quantity } of LAST_SALE) {
    await post(`/admin/products/${productId}/restock`, { quantity }, String(operator));
  }
  await post('/wallet/charges', { amount: 10_000_000 }, String(buyer));
  const { id } = await post('/orders', { items: LAST_SALE }, String(buyer));
  await page.goto(url);
  await page.locator('main ol a').first().waitFor();
  await post(`/orders/${String(id)}/payment`, {}, String(buyer));
  await page.locator('main ol').getByText('↑').first().waitFor();
  await page.context().close();
}

async function takeShop(browser: Browser, url: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await open(browser, { viewport: DESKTOP, colorScheme });
    await page.goto(url);
    await page.locator('main ol a').first().waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await take(page, `shop-${colorScheme}`);
    await page.context().close();
  }
}

/** What a customer meets on a phone: the last one is gone, and an order that waits to be paid. */
async function takePhone(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, { viewport: PHONE, isMobile: true, hasTouch: true });
  await page.goto(`${url}/wallet`);
  await page.getByRole('button', { name: '500,000원' }).click();
  await page.getByRole('button', { name: '충전하기' }).click();
  await page.getByText('500,000원을 충전했습니다').waitFor();
  await page.goto(`${url}/coupons`);
  await page
    .getByRole('listitem')
    .filter({ hasText: '선착순 10% 할인' })
    .getByRole('button')
    .click();
  await page.getByText('제1호').waitFor();
  await page.goto(`${url}/cart?buy=110`);
  await page.getByLabel('쿠폰', { exact: true }).selectOption({ index: 1 });
  await page.getByRole('button', { name: '주문하기' }).click();
  await page.getByRole('button', { name: /결제하기$/ }).waitFor();
  await take(page, 'order-on-a-phone');

  await page.goto(`${url}/cart?buy=103`);
  await page.getByText('품절').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await take(page, 'sold-out-on-a-phone');
  await page.context().close();
}

needKoreanFont();
const shop = await startShop();
const browser = await chromium.launch({ executablePath: await findBrowser() });
try {
  await takeControlRoom(browser, shop.url);
  await untilRushIs(await open(browser, {}), shop.url, RUSH.customers);
  await sellOnceMore(browser, shop.url);
  await takeShop(browser, shop.url);
  await takePhone(browser, shop.url);
} finally {
  await browser.close();
  await shop.stop();
}
