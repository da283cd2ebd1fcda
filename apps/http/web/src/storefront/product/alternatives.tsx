import { api } from '../../api/api.js';
import { useReading } from '../../api/use-reading.js';
import { ProductCards } from '../catalogue/product-cards.js';
import { ReadingView } from '../problems/reading-view.js';
import { productText } from './messages.js';

const SHOWN = 4;
const EVERY_MS = 5_000;

/** What to buy instead of a product that is sold out. */
export function Alternatives({ id }: { readonly id: number }) {
  const t = productText();
  const reading = useReading(
    (options) =>
      api.get(
        '/api/v1/products/{id}/alternatives',
        { path: { id }, query: { limit: SHOWN } },
        options,
      ),
    [id],
    { every: EVERY_MS },
  );
  return (
    <section class="instead" aria-labelledby="instead">
      <h2 id="instead">{t.alternatives}</h2>
      <ReadingView reading={reading} lines={4}>
        {({ items }) =>
          items.length === 0 ? <p>{t.noAlternatives}</p> : <ProductCards products={items} />
        }
      </ReadingView>
    </section>
  );
}
