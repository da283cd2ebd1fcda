import type { Schemas } from '../../api/document.js';
import { Money, money } from '../../ui/money.js';
import { Name } from '../../ui/name.js';
import { Picture } from '../../ui/picture.js';
import { ordersText } from './messages.js';

/** What was ordered, at the price of then. */
export function OrderLines({ order: { items, status } }: { readonly order: Schemas['Order'] }) {
  const t = ordersText();
  return (
    <ul class="order-lines" aria-label={t.items}>
      {items.map(({ productId, name, unitPrice, quantity, amount }) => (
        <li key={productId} class="order-line">
          <Picture id={productId} name={name} />
          <div>
            <a href={`/products/${productId}`}>
              <Name>{name}</Name>
            </a>
            <p class="hint">
              {t.pieces(quantity)}
              {quantity > 1 && ` · ${t.each(money(unitPrice))}`}
            </p>
            {status === 'COMPLETED' && (
              <p class="hint">
                <a href={`/products/${productId}#reviews`}>{t.review}</a>
              </p>
            )}
          </div>
          <Money won={amount} />
        </li>
      ))}
    </ul>
  );
}
