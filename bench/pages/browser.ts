import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from '@jumun/adapters/testing';

/** Uses a browser without a window, the one that the tests of the pages use. */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: await findBrowser() });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** The first thing that somebody may want to click: the product in first place. */
const FIRST_PRODUCT = 'main a[href^="/products/"]';

/** Notes when the first product stands there and the page has had a moment of rest, in milliseconds since it was asked for. */
const NOTE_READY = `
  new MutationObserver((_, observer) => {
    if (document.querySelector('${FIRST_PRODUCT}') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.readyAt = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });`;

export interface Load {
  /** Since the page was asked for: when it could be used. */
  readonly ms: number;
}

/** Loads the page as for the first time: nothing is kept from before. */
export async function loadPage(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext({ locale: 'ko-KR' });
  try {
    const page = await context.newPage();
    await page.addInitScript(NOTE_READY);
    await page.goto(url);
    const ready = await page.waitForFunction(() => Reflect.get(globalThis, 'readyAt') as unknown);
    return { ms: Number(await ready.jsonValue()) };
  } finally {
    await context.close();
  }
}

/** Notes the time of day at which another product stands first. */
const NOTE_CHANGES = `
  window.changedAt = 0;
  (() => {
    const first = () => document.querySelector('${FIRST_PRODUCT}')?.getAttribute('href');
    const before = first();
    new MutationObserver((_, observer) => {
      if (first() === before) return;
      observer.disconnect();
      window.changedAt = Date.now();
    }).observe(document.querySelector('main'), { childList: true, subtree: true, attributes: true });
  })();`;

/** An open page that tells when another product takes first place. */
export class OpenPage {
  private readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, url: string): Promise<OpenPage> {
    const page = await browser.newPage();
    await page.goto(url);
    await page.locator(FIRST_PRODUCT).first().waitFor();
    return new OpenPage(page);
  }

  /** Milliseconds from when `happen` is begun until another product stands first. */
  async until(happen: () => Promise<void>): Promise<number> {
    await this.page.evaluate(NOTE_CHANGES);
    const began = Date.now();
    await happen();
    const changed = await this.page.waitForFunction(
      () => Reflect.get(globalThis, 'changedAt') as unknown,
    );
    return Number(await changed.jsonValue()) - began;
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
