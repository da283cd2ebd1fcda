import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function PopularPage() {
  const t = shellText();
  return <Page title={t.popular}>{null}</Page>;
}
