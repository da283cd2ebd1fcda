import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.js';
import { useReading } from '../../api/use-reading.js';
import { language } from '../../shell/language.js';
import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';
import { ReadingView } from '../../storefront/problems/reading-view.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { Money } from '../../ui/money.js';
import { Empty } from '../../ui/placeholders.js';
import { controlRoomText } from '../messages.js';
import { OperatorsOnly } from '../operators-only.js';
import { Pager } from './pager.js';
import { searchOf, withSearch } from '../parts/search.js';
import { productsText } from './messages.js';
import { ProductForm } from './product-form.js';
import type { Shelf } from './shelf.js';
import { RestockForm } from './restock-form.js';

const EVERY_MS = 5_000;
const SIZE = 20;

/** What is on sale, and how much of it there is. */
export function ProductsPage() {
  const t = shellText();
  return (
    <Page title={t.products}>
      <OperatorsOnly>{() => <Products />}</OperatorsOnly>
    </Page>
  );
}

/** Which dialog is open, over which product. */
type Open =
  { readonly form: 'new' } | { readonly form: 'edit' | 'restock'; readonly product: Shelf } | null;

function Products() {
  const t = productsText();
  const { query, path, route } = useLocation();
  const { q = '', category = '' } = query;
  const page = Math.max(1, Math.trunc(Number(query['page'] ?? 1)) || 1);
  const [open, setOpen] = useState<Open>(null);
  const reading = useReading(
    (options) =>
      api.get('/api/v1/admin/products', { query: { page, size: SIZE, q, category } }, options),
    [page, q, category],
    { every: EVERY_MS },
  );
  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    reading.readAgain().catch(() => {});
  };
  return (
    <>
      <search>
        {' '}
        <form
          class="filters"
          key={`${q} ${category}`}
          onSubmit={(event) => {
            event.preventDefault();
            route(withSearch(path, searchOf(new FormData(event.currentTarget), ['q', 'category'])));
          }}
        >
          <label class="field">
            <span>{t.search}</span>
            <input type="search" name="q" defaultValue={q} maxLength={200} />
          </label>
          <label class="field">
            <span>{t.category}</span>
            <input type="search" name="category" defaultValue={category} maxLength={100} />
          </label>
          <Button type="submit">{t.find}</Button>
          <Button look="main" onClick={() => setOpen({ form: 'new' })}>
            {t.newProduct}
          </Button>
        </form>
      </search>
      <ReadingView reading={reading} lines={8}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty title={t.nothing} />
          ) : (
            <>
              <ProductTable items={items} onOpen={setOpen} />
              <Pager
                page={page}
                pages={Math.ceil(total / SIZE)}
                summary={t.total(formatNumber(total, language.value))}
                href={(to) => withSearch(path, { q, category, page: to === 1 ? '' : String(to) })}
              />
            </>
          )
        }
      </ReadingView>
      {open?.form === 'new' && <ProductForm product={null} onDone={done} onClose={close} />}
      {open?.form === 'edit' && (
        <ProductForm product={open.product} onDone={done} onClose={close} />
      )}
      {open?.form === 'restock' && (
        <RestockForm product={open.product} onDone={done} onClose={close} />
      )}
    </>
  );
}

function ProductTable({
  items,
  onOpen,
}: {
  readonly items: readonly Shelf[];
  readonly onOpen: (open: Open) => void;
}) {
  const t = productsText();
  const common = controlRoomText();
  const number = (value: number): string => formatNumber(value, language.value);
  return (
    <table class="rows">
      <caption class="sr">{t.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.name}</th>
          <th scope="col">{t.category}</th>
          <th scope="col" class="figure">
            {t.priceShort}
          </th>
          <th scope="col" class="figure">
            {t.stock}
          </th>
          <th scope="col" class="figure">
            {t.onHand}
          </th>
          <th scope="col" class="figure">
            {t.reserved}
          </th>
          <th scope="col">
            <span class="sr">{t.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((product) => (
          <tr key={product.id}>
            <th scope="row">
              <a href={`/products/${product.id}`}>{product.name}</a>{' '}
              <span class="small">
                {common.number} {product.id}
              </span>
            </th>
            <td data-label={t.category}>{product.category}</td>
            <td class="figure" data-label={t.priceShort}>
              <Money won={product.price} />
            </td>
            <td class="figure" data-label={t.stock}>
              {product.stock === 0 ? (
                <Badge tone="bad">{t.soldOut}</Badge>
              ) : (
                <b>{number(product.stock)}</b>
              )}
            </td>
            <td class="figure" data-label={t.onHand}>
              {number(product.onHand)}
            </td>
            <td class="figure" data-label={t.reserved}>
              {number(product.reserved)}
            </td>
            <td class="do">
              <Button onClick={() => onOpen({ form: 'restock', product })}>
                {t.restock}
                <span class="sr"> {product.name}</span>
              </Button>
              <Button onClick={() => onOpen({ form: 'edit', product })}>
                {t.edit}
                <span class="sr"> {product.name}</span>
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
