import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function DeliveriesPage() {
  const t = shellText();
  return <Page title={t.deliveries}>{null}</Page>;
}
