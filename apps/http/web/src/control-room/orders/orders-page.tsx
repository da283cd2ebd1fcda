import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.js';
import { language } from '../../shell/language.js';
import { Choice } from '../../shell/menu.js';
import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';
import { MoreButton } from '../../storefront/problems/more-button.js';
import { ReadingView } from '../../storefront/problems/reading-view.js';
import { usePages } from '../../storefront/problems/use-pages.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { formatMoment } from '../../ui/format.js';
import { Money } from '../../ui/money.js';
import { Empty } from '../../ui/placeholders.js';
import { controlRoomText } from '../messages.js';
import { OperatorsOnly } from '../operators-only.js';
import { searchOf, withSearch } from '../parts/search.js';
import { ordersText } from './messages.js';
import { type OperatorOrder, STATUS_TONES } from './operator-order.js';
import { OrderDetails } from './order-details.js';

type Status = OperatorOrder['status'];

const STATUSES = ['PENDING', 'COMPLETED', 'CANCELLED', 'EXPIRED'] as const satisfies Status[];

/** Everybody's orders. */
export function OrdersPage() {
  const t = shellText();
  return (
    <Page title={t.orders}>
      <OperatorsOnly>{() => <Orders />}</OperatorsOnly>
    </Page>
  );
}

function Orders() {
  const t = ordersText();
  const common = controlRoomText();
  const { query, path, route } = useLocation();
  const status = STATUSES.find((each) => each === query['status']) ?? null;
  const userId = /^\d{1,15}$/.test(query['userId'] ?? '') ? Number(query['userId']) : null;
  const [opened, setOpened] = useState<OperatorOrder | null>(null);
  const pages = usePages<OperatorOrder>(
    (cursor, options) => {
      const search = {
        limit: 20,
        ...(status === null ? {} : { status }),
        ...(userId === null ? {} : { userId }),
        ...(cursor === null ? {} : { cursor }),
      };
      return api.get('/api/v1/admin/orders', { query: search }, options);
    },
    [status, userId],
  );
  const search = (changed: Readonly<Record<string, string>>): void =>
    route(withSearch(path, { status: status ?? '', userId: String(userId ?? ''), ...changed }));
  return (
    <>
      <div class="filters">
        <Choice
          legend={t.status}
          name="status"
          options={[['', common.all], ...STATUSES.map((each) => [each, t[each]] as const)]}
          chosen={status ?? ''}
          onChoose={(chosen) => search({ status: chosen })}
        />
        <search>
          {' '}
          <form
            class="search-row"
            onSubmit={(event) => {
              event.preventDefault();
              search(searchOf(new FormData(event.currentTarget), ['userId']));
            }}
          >
            <label class="field">
              <span>{t.customer}</span>
              <input
                key={userId}
                type="search"
                name="userId"
                inputMode="numeric"
                pattern="\d*"
                defaultValue={String(userId ?? '')}
              />
            </label>
            <Button type="submit">{t.find}</Button>
          </form>
        </search>
        <Button
          onClick={() => {
            pages.readAgain().catch(() => {});
          }}
        >
          {common.refresh}
        </Button>
      </div>
      <ReadingView reading={pages.first} lines={8}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={t.nothing} />
          ) : (
            <OrderTable orders={pages.items} onOpen={setOpened} />
          )
        }
      </ReadingView>
      <MoreButton pages={pages} />
      {opened !== null && (
        <Dialog title={`${t.order} ${opened.id}`} onClose={() => setOpened(null)}>
          <OrderDetails order={opened} />
        </Dialog>
      )}
    </>
  );
}

function OrderTable({
  orders,
  onOpen,
}: {
  readonly orders: readonly OperatorOrder[];
  readonly onOpen: (order: OperatorOrder) => void;
}) {
  const t = ordersText();
  return (
    <table class="rows">
      <caption class="sr">{t.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.order}</th>
          <th scope="col">{t.status}</th>
          <th scope="col">{t.customer}</th>
          <th scope="col">{t.items}</th>
          <th scope="col" class="figure">
            {t.totalOf}
          </th>
          <th scope="col" class="figure">
            {t.placed}
          </th>
          <th scope="col">
            <span class="sr">{t.details}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} onOpen={() => onOpen(order)} />
        ))}
      </tbody>
    </table>
  );
}

function OrderRow({
  order: { createdAt, id, items, status, total, userId },
  onOpen,
}: {
  readonly order: OperatorOrder;
  readonly onOpen: () => void;
}) {
  const t = ordersText();
  const [first] = items;
  const name = first === undefined ? '' : first.name;
  return (
    <tr>
      <th scope="row" class="number">
        {id}
      </th>
      <td>
        <Badge tone={STATUS_TONES[status]}>{t[status]}</Badge>
      </td>
      <td data-label={t.customer}>
        <a href={`/admin/orders?userId=${userId}`}>{t.customerOf(userId)}</a>
      </td>
      <td data-label={t.items}>{items.length > 1 ? t.and(name, items.length - 1) : name}</td>
      <td class="figure" data-label={t.totalOf}>
        <Money won={total} />
      </td>
      <td class="figure" data-label={t.placed}>
        <time dateTime={createdAt}>{formatMoment(createdAt, language.value)}</time>
      </td>
      <td class="do">
        <Button onClick={onOpen}>
          {t.details}
          <span class="sr"> {id}</span>
        </Button>
      </td>
    </tr>
  );
}
