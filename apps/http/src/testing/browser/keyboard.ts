import type { Locator, Page } from 'playwright-core';

/** More than there is to reach on any page. */
const MOST_TABS = 80;

/** An element as a browser has it, as far as it matters here. */
interface Focusable {
  readonly ownerDocument: {
    readonly activeElement: unknown;
    readonly defaultView: {
      getComputedStyle(element: Focusable, part: string): Readonly<Record<string, string>>;
    };
  };
}

/** Whether the focus is there. */
export const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element: Focusable) => element === element.ownerDocument.activeElement);

/**
 * Whether somebody can see that: by an outline, which the page must not have taken away. It is around the element, or around what
 * is drawn over all that belongs to it.
 */
const isOutlined = (target: Locator): Promise<boolean> =>
  target.evaluate((element: Focusable) => {
    const { defaultView } = element.ownerDocument;
    return ['', '::after'].some((part) => {
      const style = defaultView.getComputedStyle(element, part);
      return style['outlineStyle'] !== 'none' && Number.parseFloat(style['outlineWidth'] ?? '') > 0;
    });
  });

/** Goes on by Tab until the focus is there, where it must be seen. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    if (!(await hasFocus(target))) continue;
    if (await isOutlined(target)) return;
    throw new Error(`nobody sees that the focus is on ${target.toString()}`);
  }
  throw new Error(`Tab does not lead to ${target.toString()}`);
}
