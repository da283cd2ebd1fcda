import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { Schemas } from '../../api/document.js';
import { toast } from '../../shell/toasts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Money } from '../../ui/money.js';
import { addToCart, buyNowUrl } from '../cart/cart.js';
import { QuantityField } from '../cart/quantity-field.js';
import { productText } from './messages.js';

/** How many, and where to: into the cart, or to the till at once. */
export function BuyForm({
  product: { id, name, price, stock },
}: {
  readonly product: Schemas['ProductDetails'];
}) {
  const t = productText();
  const { route } = useLocation();
  const [wanted, setWanted] = useState(1);
  const isTooMuch = wanted > stock;
  return (
    <div class="buy">
      <div class="row between">
        <QuantityField name={name} quantity={wanted} onChange={setWanted} />
        <p class="buy-total">
          <span class="hint">{t.total}</span> <Money won={price * wanted} />
        </p>
      </div>
      <div aria-live="polite">{isTooMuch && <p class="wrong">{t.onlySo(stock)}</p>}</div>
      <div class="buy-buttons">
        <Button
          disabled={isTooMuch}
          onClick={() => {
            addToCart(id, wanted);
            toast({ kind: 'good', text: t.inCart(name, wanted), href: '/cart' });
          }}
        >
          <Icon name="cart" />
          {t.addToCart}
        </Button>
        <Button look="main" disabled={isTooMuch} onClick={() => route(buyNowUrl(id, wanted))}>
          {t.buyNow}
        </Button>
      </div>
    </div>
  );
}
