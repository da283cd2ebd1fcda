import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function ProductsPage() {
  const t = shellText();
  return <Page title={t.products}>{null}</Page>;
}
