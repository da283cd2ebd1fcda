import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function CampaignsPage() {
  const t = shellText();
  return <Page title={t.campaigns}>{null}</Page>;
}
