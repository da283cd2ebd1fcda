import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { language } from '../../shell/language.js';
import { formatMoment } from '../../ui/format.js';
import { money } from '../../ui/money.js';
import { Empty } from '../../ui/placeholders.js';
import { PagedList } from '../problems/paged-list.js';
import { usePages } from '../problems/use-pages.js';
import { walletText } from './messages.js';

type Entry = Schemas['WalletEntry'];

/** Every movement of the wallet, newest first. `balance` is the newest that is known: when it changes, there is more to tell. */
export function Ledger({ balance }: { readonly balance: number }) {
  const t = walletText();
  const pages = usePages<Entry>(
    (cursor, options) =>
      api.get(
        '/api/v1/wallet/entries',
        { query: { limit: 20, ...(cursor === null ? {} : { cursor }) } },
        options,
      ),
    [balance],
  );
  return (
    <section class="stack" aria-labelledby="ledger">
      <h2 id="ledger">{t.ledger}</h2>
      <PagedList
        pages={pages}
        look="ledger"
        empty={
          <Empty title={t.empty}>
            <p>{t.emptyHelp}</p>
          </Empty>
        }
      >
        {(entry) => <LedgerEntry key={entry.id} entry={entry} />}
      </PagedList>
    </section>
  );
}

function LedgerEntry({
  entry: { amount, balanceAfter, createdAt, kind, orderId },
}: {
  readonly entry: Entry;
}) {
  const t = walletText();
  return (
    <li class="ledger-entry">
      <span class="ledger-kind">{t[kind]}</span>
      {orderId === undefined ? <span /> : <a href={`/orders/${orderId}`}>{t.order(orderId)}</a>}
      <time dateTime={createdAt}>{formatMoment(createdAt, language.value)}</time>
      <b class={amount > 0 ? 'money ledger-in' : 'money'}>
        {amount > 0 && '+'}
        {money(amount)}
      </b>
      <span class="hint money">{t.after(money(balanceAfter))}</span>
    </li>
  );
}
