import './orders.css';
import { api, serverTime } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useNow } from '../../api/use-now.js';
import { language } from '../../shell/language.js';
import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';
import { ButtonLink } from '../../ui/button.js';
import { formatMoment } from '../../ui/format.js';
import { Money } from '../../ui/money.js';
import { Picture } from '../../ui/picture.js';
import { Empty } from '../../ui/placeholders.js';
import { PagedList } from '../problems/paged-list.js';
import { SignedIn } from '../problems/signed-in.js';
import { usePages } from '../problems/use-pages.js';
import { clockFace, holdAt } from './hold.js';
import { ordersText } from './messages.js';
import { StatusBadge } from './status-badge.js';

type Order = Schemas['Order'];

/** Every order of a customer, newest first. */
export function OrdersPage() {
  const t = shellText();
  return (
    <Page title={t.orders} width="narrow">
      <SignedIn>{() => <Orders />}</SignedIn>
    </Page>
  );
}

function Orders() {
  const t = ordersText();
  const pages = usePages<Order>(
    (cursor, options) =>
      api.get(
        '/api/v1/orders',
        { query: { limit: 20, ...(cursor === null ? {} : { cursor }) } },
        options,
      ),
    [],
  );
  return (
    <PagedList
      pages={pages}
      look="orders"
      empty={
        <Empty title={t.empty}>
          <ButtonLink href="/products" look="main">
            {t.toProducts}
          </ButtonLink>
        </Empty>
      }
    >
      {(order) => <OrderRow key={order.id} order={order} />}
    </PagedList>
  );
}

function OrderRow({
  order: { createdAt, expiresAt, id, items, status, total },
}: {
  readonly order: Order;
}) {
  const t = ordersText();
  const [first] = items;
  const { seconds } = holdAt(createdAt, expiresAt, useNow(serverTime));
  // The list was read a while ago; what is over is over.
  const isOver = status === 'PENDING' && seconds === 0;
  return (
    <li class="order-row">
      {first !== undefined && <Picture id={first.productId} name={first.name} />}
      <div class="order-row-body">
        <a href={`/orders/${id}`}>{t.firstOf(first?.name ?? '', items.length - 1)}</a>
        <p class="hint">
          {t.order(id)} ·{' '}
          <time dateTime={createdAt}>{formatMoment(createdAt, language.value)}</time>
        </p>
      </div>
      <div class="order-row-end">
        <StatusBadge status={isOver ? 'EXPIRED' : status} />
        {status === 'PENDING' && !isOver && (
          <span class="hint number">{t.left(clockFace(seconds))}</span>
        )}
        <b>
          <Money won={total} />
        </b>
      </div>
    </li>
  );
}
