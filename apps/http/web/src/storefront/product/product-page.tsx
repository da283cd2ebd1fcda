import './product.css';
import { useRoute } from 'preact-iso';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useReading } from '../../api/use-reading.js';
import { language } from '../../shell/language.js';
import { Page } from '../../shell/page.js';
import { ButtonLink } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { Money } from '../../ui/money.js';
import { Name } from '../../ui/name.js';
import { Picture } from '../../ui/picture.js';
import { Empty } from '../../ui/placeholders.js';
import { catalogueAddress } from '../catalogue/catalogue-query.js';
import { ReadingView } from '../problems/reading-view.js';
import { Alternatives } from './alternatives.js';
import { BuyForm } from './buy-form.js';
import { LiveStock } from './live-stock.js';
import { productText } from './messages.js';
import { Reviews } from './reviews.js';
import { Stars } from './stars.js';

/** The stock is shown as it is, give or take so long. */
const EVERY_MS = 1_500;

/** Ids are positive and safe; anything else is no product of ours, and need not be asked for. */
const idIn = (text: string): number | null => {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) && id > 0 ? id : null;
};

/** The product of the address. */
export function ProductPage() {
  const id = idIn(useRoute().params['id'] ?? '');
  return id === null ? <Missing /> : <ProductOf key={id} id={id} />;
}

function ProductOf({ id }: { readonly id: number }) {
  const reading = useReading(
    (options) => api.get('/api/v1/products/{id}', { path: { id } }, options),
    [id],
    { every: EVERY_MS },
  );
  if (reading.refusal?.code === 'PRODUCT_NOT_FOUND') return <Missing />;
  if (reading.value !== null) {
    const isFresh = reading.refusal === null && reading.waiting === null;
    return <Product product={reading.value} isFresh={isFresh} />;
  }
  return (
    <div class="page page-wide">
      <ReadingView reading={reading} lines={8}>
        {() => null}
      </ReadingView>
    </div>
  );
}

function Missing() {
  const t = productText();
  return (
    <Page title={t.missing} width="narrow">
      <Empty title={t.missingHelp}>
        <ButtonLink href="/products">{t.toProducts}</ButtonLink>
      </Empty>
    </Page>
  );
}

function Product({
  product,
  isFresh,
}: {
  readonly product: Schemas['ProductDetails'];
  /** Whether the shop has told of it just now; not while it is busy or away. */
  readonly isFresh: boolean;
}) {
  const { id, name, category, description, price, stock, rating } = product;
  return (
    <Page title={name} titleHidden>
      <div class="product">
        <Picture id={id} name={name} category={category} />
        <div class="product-what">
          <p class="hint">
            <a href={catalogueAddress({ text: '', category, page: 1 })}>
              <Name>{category}</Name>
            </a>
          </p>
          <p class="product-name" aria-hidden="true">
            {name}
          </p>
          {rating.count > 0 && (
            <a class="product-rating" href="#reviews">
              <Stars rating={rating.average} />
              <span class="hint number" aria-hidden="true">
                {rating.average.toFixed(1)} ({formatNumber(rating.count, language.value)})
              </span>
            </a>
          )}
          <p class="product-price">
            <Money won={price} />
          </p>
          <LiveStock stock={stock} isFresh={isFresh} />
          {stock > 0 ? <BuyForm product={product} /> : <Alternatives id={id} />}
          <p class="product-description">
            <Name>{description}</Name>
          </p>
        </div>
      </div>
      <Reviews product={product} />
    </Page>
  );
}
