import { api } from '../../api/api.js';
import { useReading } from '../../api/use-reading.js';
import { ButtonLink } from '../../ui/button.js';
import { Skeleton } from '../../ui/placeholders.js';
import { ProductCards } from '../catalogue/product-cards.js';
import { homeText } from './messages.js';

const SHOWN = 10;

/** The first products of the catalogue. */
export function Shelf() {
  const t = homeText();
  const { value } = useReading(
    (options) => api.get('/api/v1/products', { query: { page: 1, size: SHOWN } }, options),
    [],
  );
  return (
    <section class="shelf" aria-labelledby="shelf-title">
      <h2 id="shelf-title">{t.shelf}</h2>
      {value === null ? <Skeleton lines={6} /> : <ProductCards products={value.items} />}
      <ButtonLink href="/products">{t.allProducts}</ButtonLink>
    </section>
  );
}
