import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function OrdersPage() {
  const t = shellText();
  return <Page title={t.orders}>{null}</Page>;
}
