import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function CartPage() {
  const t = shellText();
  return <Page title={t.cart}>{null}</Page>;
}
