import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function OrderPage() {
  const t = shellText();
  return <Page title={t.orders}>{null}</Page>;
}
