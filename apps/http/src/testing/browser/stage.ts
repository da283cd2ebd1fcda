import { type Browser, chromium } from 'playwright-core';
import { ShopProcess } from '../shop-process.js';
import type { Setting, Theme } from './settings.js';
import { Visit } from './visit.js';

let shared: Promise<Browser> | undefined;

/** The browser of this run: see .ci/start-test-browser.ts. */
export function sharedBrowser(): Promise<Browser> {
  const url = process.env['TEST_BROWSER_URL'];
  if (url === undefined) throw new Error('there is no browser: run the project pages');
  return (shared ??= chromium.connect(url));
}

/** Lets go of the browser; it goes on for other test files. */
export async function leaveBrowser(): Promise<void> {
  await (await shared)?.close();
  shared = undefined;
}

export interface StageOptions {
  readonly setting: Setting;
  readonly theme?: Theme;
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether what takes seconds until a message counts as failed takes milliseconds. */
  readonly isHasty?: boolean;
}

/**
 * Somebody before a shop of their own, a real process with the demo catalogue, in a window of their own. Where anything was
 * noted that should not be, it fails.
 */
export async function withVisit(
  { setting, theme = 'light', variables = {}, isHasty = false }: StageOptions,
  use: (visit: Visit, shop: ShopProcess) => Promise<void>,
): Promise<void> {
  const browser = await sharedBrowser();
  const shop = await ShopProcess.start(
    { DATABASE_URL: 'sqlite://:memory:', ...variables },
    isHasty ? 'hasty' : 'usual',
  );
  const context = await browser.newContext({
    timezoneId: 'Asia/Seoul',
    colorScheme: theme,
    ...setting.options,
  });
  try {
    const visit = await Visit.begin(shop.url, context, setting.language);
    await use(visit, shop);
    const faults = await visit.faults();
    if (faults.length > 0) throw new Error(`not as it should be:\n${faults.join('\n')}`);
  } finally {
    await context.close();
    await shop.stop();
  }
}
