import './wallet.css';
import { useReading } from '../../api/use-reading.js';
import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';
import { Money } from '../../ui/money.js';
import { ReadingView } from '../problems/reading-view.js';
import { SignedIn } from '../problems/signed-in.js';
import { ChargeForm } from './charge-form.js';
import { Ledger } from './ledger.js';
import { walletText } from './messages.js';
import { readWallet } from './use-charge.js';

/** Elsewhere, or in another tab, money may have moved. */
const EVERY_MS = 10_000;

/** The wallet: what is in it, a way to put more in, and how it came to be. */
export function WalletPage() {
  const t = shellText();
  return (
    <Page title={t.wallet} width="narrow">
      <SignedIn>{() => <Wallet />}</SignedIn>
    </Page>
  );
}

function Wallet() {
  const t = walletText();
  const wallet = useReading(readWallet, [], { every: EVERY_MS });
  return (
    <ReadingView reading={wallet}>
      {(known) => (
        <div class="stack-wide">
          <section class="balance" aria-live="polite" aria-atomic="true">
            <p class="balance-label">{t.balance}</p>
            <p class="balance-sum" key={known.balance}>
              <Money won={known.balance} />
            </p>
          </section>
          <ChargeForm onCharged={(balance) => wallet.replace({ ...known, balance })} />
          <Ledger balance={known.balance} />
        </div>
      )}
    </ReadingView>
  );
}
