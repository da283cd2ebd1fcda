import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function OverviewPage() {
  const t = shellText();
  return <Page title={t.overview}>{null}</Page>;
}
