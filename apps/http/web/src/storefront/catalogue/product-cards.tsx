import './product-cards.css';
import type { Schemas } from '../../api/document.js';
import { Money } from '../../ui/money.js';
import { Name } from '../../ui/name.js';
import { Picture } from '../../ui/picture.js';
import { Stock } from './stock.js';

/** Products on a shelf. */
export function ProductCards({
  products,
}: {
  readonly products: readonly Schemas['ShelfProduct'][];
}) {
  return (
    <ul class="cards">
      {products.map(({ id, name, category, price, stock }) => (
        <li key={id} class="card" data-gone={stock === 0 || undefined}>
          <Picture id={id} name={name} category={category} />
          <a class="card-name" href={`/products/${id}`}>
            <Name>{name}</Name>
          </a>
          <Money won={price} />
          <Stock stock={stock} />
        </li>
      ))}
    </ul>
  );
}
