import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { balanceOf, CHULSOO, customerWith, statusesOf } from '../testing/browser/customers.js';
import { buyNow, pay, placeOrder } from '../testing/browser/doings.js';
import { type Setting, SETTINGS } from '../testing/browser/settings.js';
import { leaveBrowser, withVisit } from '../testing/browser/stage.js';

jest.setTimeout(60_000);
afterAll(leaveBrowser);

describe.each<Setting>([...SETTINGS])('The platform is away, $name', (setting) => {
  it('scenario 10: 김철수 feels nothing of it; the operator sees what failed, and sends it when it is back', () =>
    withVisit({ setting, isHasty: true }, async (visit, shop) => {
      const chulsoo = await customerWith(shop, CHULSOO, 50_000);
      await visit.open('/admin/deliveries');
      await visit.choose('장애', 'Down');

      await visit.open('/');
      await visit.become('김철수', 'Kim Cheolsu');
      await buyNow(visit, '무선 마우스');
      await placeOrder(visit);
      await pay(visit, 25_000);
      expect(await balanceOf(chulsoo)).toBe(25_000);

      await visit.open('/admin/deliveries');
      await visit.button('운영자로 보기', 'Look as the operator').click();
      await visit.choose('실패', 'Failed');
      const message = visit.page.getByRole('row').filter({ hasText: '#' });
      await message.getByText('connection broken').waitFor();
      await visit.choose('정상', 'Well');
      await visit.button('실패한 것 모두 다시 보내기', 'Replay all failed').click();
      await visit.sees('다시 보냈습니다', 'Sent again');
      await visit.choose('전송됨', 'Delivered');
      await message.getByText(visit.say('전송됨', 'Delivered'), { exact: true }).waitFor();

      expect(await statusesOf(chulsoo)).toEqual(['COMPLETED']);
      const { messages, gaps } = (await shop.anybody.get('/dev/platform')).body;
      expect({ messages, gaps }).toEqual({ messages: 1, gaps: [] });
      expect(visit.refusals).toEqual([]);
    }));
});
