import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function CouponsPage() {
  const t = shellText();
  return <Page title={t.coupons}>{null}</Page>;
}
