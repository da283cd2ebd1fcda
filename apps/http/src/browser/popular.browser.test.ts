import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { counted, sell } from '../testing/browser/sales.js';
import { type Setting, SETTINGS } from '../testing/browser/settings.js';
import { leaveBrowser, withVisit } from '../testing/browser/stage.js';
import type { Visit } from '../testing/browser/visit.js';

const [GAMING_MOUSE, MONITOR, WIRELESS_KEYBOARD, WEBCAM, EARPHONES] = [103, 104, 105, 106, 107];

/** Of the sales that scenario 6 tells of. */
const SCENARIO_6 = {
  [GAMING_MOUSE]: 150,
  [WIRELESS_KEYBOARD]: 120,
  [MONITOR]: 80,
  [WEBCAM]: 90,
  [EARPHONES]: 200,
};

const PATIENCE_MS = 15_000;
const NAMES = ['게이밍 마우스', '무선 키보드', '모니터', '웹캠', '이어폰'];

/** Counted every second: what is sold can be seen soon. */
const OFTEN = { STATS_INTERVAL_SECONDS: '1' };

jest.setTimeout(60_000);
afterAll(leaveBrowser);

/** The list as it can be read, a line for each product: rank, change and name. */
const ranked = async (visit: Visit): Promise<readonly string[]> => {
  const places = visit.page.getByRole('main').locator('ol > li');
  const lines = await places.allInnerTexts();
  return lines.map((line) => {
    const [rank, ...rest] = line.split(/\s*\n\s*/);
    const change = /NEW|[↑↓]\s*\d+/.exec(rest.join(' '))?.[0].replaceAll(/\s/g, '');
    const name = NAMES.find((each) => line.includes(each));
    return [rank, change, name].filter((part) => part !== undefined).join(' ');
  });
};

/** Waits until the list reads so. */
const expectRanked = async (visit: Visit, wanted: readonly string[]): Promise<void> => {
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    const found = await ranked(visit);
    if (JSON.stringify(found) === JSON.stringify(wanted)) return;
    if (Date.now() > deadline) expect(found).toEqual(wanted);
    await visit.page.waitForTimeout(20);
  }
};

describe.each<Setting>([...SETTINGS])('The popular products, $name', (setting) => {
  it('scenario 6: 김철수 sees what sells, asks for seven days and for the revenue, and opens the first', () =>
    withVisit({ setting, variables: OFTEN }, async (visit, shop) => {
      await sell(shop, SCENARIO_6);
      await counted(shop, 640);
      await visit.open('/');
      await visit.go('인기', 'Popular');
      await expectRanked(visit, [
        '1 NEW 이어폰',
        '2 NEW 게이밍 마우스',
        '3 NEW 무선 키보드',
        '4 NEW 웹캠',
        '5 NEW 모니터',
      ]);
      await visit.sees('150개 판매', '150 sold');
      await visit.sees(`매출 9,750,000원`, '₩9,750,000 revenue');
      await visit.sees('전체 640개 판매', '640 sold in all');

      await visit.choose('7일', '7 days');
      await visit.page.waitForURL(/days=7/);
      await visit.choose('매출순', 'By revenue');
      await visit.page.waitForURL(/days=7&sort=revenue/);
      await expectRanked(visit, [
        '1 NEW 게이밍 마우스',
        '2 NEW 모니터',
        '3 NEW 이어폰',
        '4 NEW 무선 키보드',
        '5 NEW 웹캠',
      ]);
      await visit.page.getByRole('link', { name: /게이밍 마우스/ }).click();
      await visit.page.getByRole('heading', { level: 1, name: '게이밍 마우스' }).waitFor();
      await visit.seesMoney(65_000);
      await visit.page.goBack();
      await visit.page.waitForURL(/days=7&sort=revenue/);
    }));

  it('scenario 9: who looks on sees ranks change by themselves, and is told who took first place', () =>
    withVisit({ setting, variables: OFTEN }, async (visit, shop) => {
      await sell(shop, { [WIRELESS_KEYBOARD]: 5, [GAMING_MOUSE]: 3 });
      await counted(shop, 8);
      await visit.open('/');
      await visit.sees('실시간', 'Live');
      await expectRanked(visit, ['1 NEW 무선 키보드', '2 NEW 게이밍 마우스']);

      await sell(shop, { [GAMING_MOUSE]: 4, [MONITOR]: 1 });
      await expectRanked(visit, ['1 ↑1 게이밍 마우스', '2 ↓1 무선 키보드', '3 NEW 모니터']);
      await visit.isTold('게이밍 마우스가 1위로 올라섰습니다!', '게이밍 마우스 is now number 1!');
      await visit.sees('전체 13개 판매', '13 sold in all');
    }));
});
