/** Jest's global tear-down: see start-test-browser.ts. */
import { browser } from './start-test-browser.ts';

// Jest wants a default export.
// oxlint-disable-next-line import/no-default-export
export default async function stopTestBrowser(): Promise<void> {
  delete process.env['TEST_BROWSER_URL'];
  await browser?.close();
}
