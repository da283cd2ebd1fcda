import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { barriersOn } from '../testing/browser/accessibility.js';
import { type Setting, SETTINGS } from '../testing/browser/settings.js';
import { leaveBrowser, withVisit } from '../testing/browser/stage.js';

jest.setTimeout(60_000);
afterAll(leaveBrowser);

describe.each<Setting>([...SETTINGS])('A newcomer, $name', (setting) => {
  it('calls the customers, closes the window, and sees stock and ranks move until all have gone', () =>
    withVisit({ setting }, async (visit, shop) => {
      const { page } = visit;
      await visit.open('/');
      await visit.sees('이 기간에는 아직 판매가 없습니다', 'Nothing was sold in this period yet');
      await visit.button('손님 부르기', 'Call the customers').click();
      await page.getByRole('radio', { name: visit.say('100명', '100'), exact: true }).check();
      await visit.button('러시 시작', 'Start the rush').click();
      await page.getByRole('progressbar').waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await page
        .getByRole('link', { name: /무선 마우스/ })
        .first()
        .waitFor();
      await page
        .getByRole('list')
        .getByText(/NEW|[↑↓]/)
        .first()
        .waitFor();
      const head = page.getByRole('banner');
      await head.getByText(/^\d+%$/).waitFor();
      // Nobody waits for the rest of them.
      await head.getByRole('button', { name: visit.say('러시 진행 중', 'Rush under way') }).click();
      await visit.button('그만하기', 'Stop').click();
      await page.getByText(visit.say('러시를 멈췄습니다', 'The rush was stopped')).waitFor();

      const { state, tally } = (await shop.anybody.get('/dev/rush')).body;
      expect(state).toBe('STOPPED');
      const left = tally.charged - tally.spent + tally.refunded;
      await page.getByRole('dialog').getByText(visit.won(left), { exact: true }).waitFor();
    }));
});
