import { useEffect, useRef } from 'preact/hooks';
import type { Schemas } from '../../api/document.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Money, money } from '../../ui/money.js';
import { Name } from '../../ui/name.js';
import { Picture } from '../../ui/picture.js';
import { Alternatives, AlternativesTo } from './alternatives.js';
import type { CartLine } from './contents.js';
import { cartText } from './messages.js';
import { QuantityField } from './quantity-field.js';

type ShelfProduct = Schemas['ShelfProduct'];

/** Fewer than this are worth telling. */
const FEW = 5;

export interface LineDoings {
  readonly onQuantity: (quantity: number) => void;
  readonly onRemove: () => void;
  readonly onSwap: (other: ShelfProduct) => void;
}

interface CartLineViewProps extends LineDoings {
  readonly line: CartLine;
  /** As it stands on the shelf; undefined: not known yet; null: no longer sold. */
  readonly product: ShelfProduct | null | undefined;
  /** What the shop offered instead when it refused the order; null: it refused nothing of this line. */
  readonly offered: readonly ShelfProduct[] | null;
  /** Whether it is the first of the lines that were refused. */
  readonly isFirst: boolean;
}

/** One product in the cart: how many, what they cost, and when they cannot be had, what can. */
export function CartLineView({ line, product, offered, isFirst, ...doings }: CartLineViewProps) {
  const t = cartText();
  if (product === undefined) return <li class="cart-line cart-line-unknown" aria-busy="true" />;
  if (product === null) {
    return (
      <li class="cart-line">
        <p class="cart-gone">{t.gone}</p>
        <Button look="quiet" onClick={doings.onRemove}>
          {t.removeShort}
        </Button>
      </li>
    );
  }
  const { id, name, price, stock } = product;
  return (
    <li class="cart-line" data-short={stock < line.quantity || undefined}>
      <Picture id={id} name={name} />
      <div class="cart-name">
        <a href={`/products/${id}`}>
          <Name>{name}</Name>
        </a>
        <p class="hint">{t.each(money(price))}</p>
      </div>
      <QuantityField name={name} quantity={line.quantity} onChange={doings.onQuantity} />
      <b class="cart-amount" aria-live="polite">
        <Money won={price * line.quantity} />
      </b>
      <button
        type="button"
        class="icon-button cart-remove"
        aria-label={t.remove(name)}
        onClick={doings.onRemove}
      >
        <Icon name="close" />
      </button>
      <LineHelp line={line} product={product} offered={offered} isFirst={isFirst} {...doings} />
    </li>
  );
}

/** What stands below a line of which there is not enough. */
function LineHelp({
  line: { quantity },
  product: { id, stock },
  offered,
  isFirst,
  onQuantity,
  onSwap,
}: Omit<CartLineViewProps, 'product'> & { readonly product: ShelfProduct }) {
  const t = cartText();
  const isShort = stock < quantity;
  const help = useRef<HTMLDivElement>(null);
  const isOffered = offered !== null;
  useEffect(() => {
    // The order was refused for this line: here is what helps, wherever on the page the button was.
    if (isOffered && isFirst) help.current?.focus();
  }, [isOffered, isFirst]);
  if (!isShort && offered === null) {
    return stock <= FEW ? <p class="cart-help hint">{t.fewLeft(stock)}</p> : null;
  }
  return (
    <div class="cart-help" ref={help} tabIndex={-1}>
      <div class="row" aria-live="polite">
        <p class="cart-short">{stock === 0 ? t.soldOut : t.onlyLeft(stock)}</p>
        {isShort && stock > 0 && <Button onClick={() => onQuantity(stock)}>{t.take(stock)}</Button>}
      </div>
      {offered !== null && <Alternatives products={offered} onSwap={onSwap} />}
      {offered === null && stock === 0 && <AlternativesTo productId={id} onSwap={onSwap} />}
    </div>
  );
}
