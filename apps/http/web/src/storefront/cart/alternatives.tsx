import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useReading } from '../../api/use-reading.js';
import { Button } from '../../ui/button.js';
import { Money } from '../../ui/money.js';
import { Name } from '../../ui/name.js';
import { Picture } from '../../ui/picture.js';
import { ReadingView } from '../problems/reading-view.js';
import { cartText } from './messages.js';

type ShelfProduct = Schemas['ShelfProduct'];
type OnSwap = (other: ShelfProduct) => void;

/** What may be bought instead; one click puts it in the place of what is short. */
export function Alternatives({
  products,
  onSwap,
}: {
  readonly products: readonly ShelfProduct[];
  readonly onSwap: OnSwap;
}) {
  const t = cartText();
  if (products.length === 0) return <p class="hint">{t.noAlternatives}</p>;
  return (
    <div class="swaps">
      <p class="swaps-title">{t.alternatives}</p>
      <ul>
        {products.map((product) => (
          <li key={product.id} class="swap">
            <Picture id={product.id} name={product.name} />
            <a href={`/products/${product.id}`}>
              <Name>{product.name}</Name>
            </a>
            <Money won={product.price} />
            <Button onClick={() => onSwap(product)}>
              {t.swap}
              <span class="sr">
                : <Name>{product.name}</Name>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const MOST = 3;

/** The same for a product that is seen to be sold out before anybody orders it: asked for at the shop. */
export function AlternativesTo({
  productId,
  onSwap,
}: {
  readonly productId: number;
  readonly onSwap: OnSwap;
}) {
  const reading = useReading(
    (options) =>
      api.get(
        '/api/v1/products/{id}/alternatives',
        { path: { id: productId }, query: { limit: MOST } },
        options,
      ),
    [productId],
  );
  return (
    <ReadingView reading={reading} lines={2}>
      {({ items }) => <Alternatives products={items} onSwap={onSwap} />}
    </ReadingView>
  );
}
