/**
 * Jest's global set-up of the tests of the pages: one browser for the whole run. It runs once, in Jest's own process, under
 * Node as it is.
 */
import { type BrowserServer, chromium } from 'playwright-core';
import { importSources } from './import-sources.ts';

/** What runs since the set-up; the tear-down stops it. */
export let browser: BrowserServer | undefined;

// Jest wants a default export.
// oxlint-disable-next-line import/no-default-export
export default async function startTestBrowser(): Promise<void> {
  const { findBrowser } = await importSources(
    () => import('../packages/adapters/src/testing/servers/find-browser.ts'),
  );
  browser = await chromium.launchServer({ executablePath: await findBrowser() });
  process.env['TEST_BROWSER_URL'] = browser.wsEndpoint();
}
