import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useReading } from '../../api/use-reading.js';
import { language } from '../../shell/language.js';
import { ReadingView } from '../../storefront/problems/reading-view.js';
import { formatNumber, formatTime } from '../../ui/format.js';
import { Icon } from '../../ui/icon.js';
import { money } from '../../ui/money.js';
import { overviewText } from './messages.js';

type Books = Schemas['Books'];

const EVERY_MS = 10_000;

/** Checks of won; the others are of pieces, or of coupons. */
const OF_WON: ReadonlySet<string> = new Set([
  'WALLETS_AND_LEDGER',
  'PAYMENTS_AND_ORDERS',
  'REFUNDS_AND_ORDERS',
  'SALES_AND_ORDERS',
]);

/** Everything added up, and whether it agrees. */
export function BooksCard() {
  const t = overviewText();
  const reading = useReading((options) => api.get('/api/v1/admin/books', {}, options), [], {
    every: EVERY_MS,
  });
  return (
    <section class="section" aria-labelledby="books">
      <header>
        <h2 id="books">{t.books}</h2>
        {reading.value !== null && (
          <p class="hint">{t.countedAt(formatTime(reading.value.countedAt, language.value))}</p>
        )}
      </header>
      <ReadingView reading={reading} lines={4}>
        {(books) => <BooksView books={books} />}
      </ReadingView>
    </section>
  );
}

function BooksView({ books }: { readonly books: Books }) {
  const t = overviewText();
  return (
    <div class="books sheet">
      <p class={books.agrees ? 'stamp' : 'stamp stamp-bad'} aria-live="polite">
        <b>{books.agrees ? t.agreesStamp : t.disagreesStamp}</b>
        <span>{books.agrees ? t.agrees : t.disagrees}</span>
      </p>
      <Sums books={books} />
      <ul class="checks">
        {books.checks.map(({ agrees, name, one, other }) => {
          const tell = (figure: number): string =>
            OF_WON.has(name) ? money(figure) : formatNumber(figure, language.value);
          return (
            <li key={name} class={agrees ? 'check' : 'check check-bad'}>
              <Icon name={agrees ? 'check' : 'warning'} />
              <span>{t[name]}</span>
              <span class="number">{agrees ? tell(one) : `${tell(one)} ≠ ${tell(other)}`}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Sums({
  books: { coupons, ledger, orders, revenue, stock, wallets },
}: {
  readonly books: Books;
}) {
  const t = overviewText();
  const number = (value: number): string => formatNumber(value, language.value);
  const of = (status: Books['orders'][number]['status']): string =>
    number(orders.find((each) => each.status === status)?.count ?? 0);
  return (
    <dl class="facts">
      <Sum
        name={t.wallets}
        value={money(wallets.balance)}
        note={t.walletCount(number(wallets.count))}
      />
      <Sum
        name={t.revenue}
        value={money(revenue)}
        note={t.ledger(money(ledger.charged), money(ledger.refunded))}
      />
      <Sum
        name={t.orders}
        value={number(orders.reduce((sum, { count }) => sum + count, 0))}
        note={t.orderCounts(of('PENDING'), of('COMPLETED'), of('CANCELLED'), of('EXPIRED'))}
      />
      <Sum
        name={t.stock}
        value={t.pieces(number(stock.onHand))}
        note={t.stockNote(number(stock.held), number(stock.sold))}
      />
      <Sum
        name={t.couponsIssued}
        value={`${number(coupons.issued)} / ${number(coupons.totalQuantity)}`}
        note={t.couponNote(
          number(coupons.available),
          number(coupons.reserved),
          number(coupons.used),
          number(coupons.expired),
        )}
      />
    </dl>
  );
}

function Sum({
  name,
  value,
  note,
}: {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd class="fact-value">{value}</dd>
      <dd class="hint">{note}</dd>
    </div>
  );
}
