import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';

export function WalletPage() {
  const t = shellText();
  return <Page title={t.wallet}>{null}</Page>;
}
