import './cart.css';
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { Schemas } from '../../api/document.js';
import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';
import { who } from '../../shell/session.js';
import { toast } from '../../shell/toasts.js';
import { ButtonLink } from '../../ui/button.js';
import { Empty } from '../../ui/placeholders.js';
import { Checkout, CheckoutForNobody } from '../checkout/checkout.js';
import { checkoutText } from '../checkout/messages.js';
import { UnsettledOrder } from '../checkout/unsettled-order.js';
import {
  type OrderRequest,
  type PlaceOrderDeed,
  usePlaceOrder,
} from '../checkout/use-place-order.js';
import { RefusalNote } from '../problems/refusal-note.js';
import { useRescuedFocus } from '../problems/use-rescued-focus.js';
import { WaitingNote } from '../problems/waiting-note.js';
import { cart } from './cart.js';
import { CartLineView } from './cart-line.js';
import { type Contents, swapped, without, withQuantity } from './contents.js';
import { cartText } from './messages.js';
import { type Shelf, useShelf } from './use-shelf.js';

/** What one is about to order: the cart, or one product by itself. */
export function CartPage() {
  const t = shellText();
  const { query } = useLocation();
  const bought = boughtNow(query);
  return bought === null ? (
    <Page title={t.cart}>
      <Basket
        contents={cart.value}
        onChange={(contents) => {
          cart.value = contents;
        }}
        onOrdered={(productIds) => {
          cart.value = without(cart.value, productIds);
        }}
      />
    </Page>
  ) : (
    <BuyingNow key={bought.productId} bought={bought} />
  );
}

function BuyingNow({ bought }: { readonly bought: Contents[number] }) {
  const t = cartText();
  const [contents, setContents] = useState<Contents>([bought]);
  return (
    <Page title={t.buying}>
      <p class="hint buying-help">{t.buyingHelp}</p>
      <Basket
        contents={contents}
        onChange={setContents}
        onOrdered={(productIds) => setContents((now) => without(now, productIds))}
      />
    </Page>
  );
}

/** The product of `/cart?buy=101&quantity=2`; null: the cart is meant. */
function boughtNow(query: Readonly<Record<string, string>>): Contents[number] | null {
  const productId = Number(query['buy']);
  if (!Number.isSafeInteger(productId) || productId < 1) return null;
  const [line] = withQuantity(
    [{ productId, quantity: 1 }],
    productId,
    Number(query['quantity'] ?? 1) || 1,
  );
  return line ?? null;
}

interface BasketProps {
  readonly contents: Contents;
  readonly onChange: (contents: Contents) => void;
  /** These products were ordered, whatever lies there by now. */
  readonly onOrdered: (productIds: readonly number[]) => void;
}

/** The lines and the order that is made of them. */
function Basket({ contents, onChange, onOrdered }: BasketProps) {
  const { route } = useLocation();
  const shelf = useShelf(contents.map(({ productId }) => productId));
  const deed = usePlaceOrder();
  const place = useRescuedFocus(contents);
  /** Takes what was ordered out of the cart, and goes to the order if the person is still here. */
  const onPlaced = ({ id, items }: Schemas['Order']) => {
    const isStillHere = location.pathname === '/cart';
    onOrdered(items.map(({ productId }) => productId));
    if (isStillHere) route(`/orders/${id}`);
    else toast({ kind: 'good', text: checkoutText().placed(id), href: `/orders/${id}` });
  };
  if (contents.length === 0) return <EmptyCart deed={deed} onPlaced={onPlaced} />;

  const known: Shelf = shelf.value ?? new Map();
  const { refusal } = deed;
  const outOfStock = refusal?.code === 'OUT_OF_STOCK' ? refusal : null;
  const offeredFor = (productId: number) =>
    outOfStock?.items.some((item) => item.productId === productId) === true
      ? outOfStock.alternatives.filter(({ id }) => !contents.some((line) => line.productId === id))
      : null;
  const firstShort = contents.find((line) => offeredFor(line.productId) !== null)?.productId;
  /** What is changed is no longer what was refused; an order that may have been placed is told of as before. */
  const change = (changed: Contents) => {
    deed.hush();
    onChange(changed);
  };

  return (
    <div class="cart">
      <div class="cart-lines" ref={place} tabIndex={-1}>
        <WaitingNote waiting={shelf.waiting} />
        <RefusalNote refusal={shelf.refusal} />
        <ul>
          {contents.map((line) => (
            <CartLineView
              key={line.productId}
              line={line}
              product={asRefused(known.get(line.productId), outOfStock)}
              offered={offeredFor(line.productId)}
              isFirst={line.productId === firstShort}
              onQuantity={(quantity) => change(withQuantity(contents, line.productId, quantity))}
              onRemove={() => change(without(contents, [line.productId]))}
              onSwap={(other) => change(swapped(contents, line.productId, other))}
            />
          ))}
        </ul>
      </div>
      {who.value === null ? (
        <CheckoutForNobody lines={contents} shelf={known} />
      ) : (
        <Checkout
          key={who.value.userId}
          lines={contents}
          shelf={known}
          deed={deed}
          onShort={() => {
            shelf.readAgain().catch(() => {});
          }}
          onRemove={(productIds) => onChange(without(contents, productIds))}
          onPlaced={onPlaced}
        />
      )}
    </div>
  );
}

/** A product with the stock that the shop has just named: what was read before is older. */
function asRefused<Product extends { readonly id: number; readonly stock: number }>(
  product: Product | null | undefined,
  refusal: Schemas['OutOfStockProblem'] | null,
): Product | null | undefined {
  const named = refusal?.items.find(({ productId }) => productId === product?.id);
  if (product === undefined || product === null || named === undefined) return product;
  return { ...product, stock: Math.min(product.stock, named.available) };
}

function EmptyCart({
  deed,
  onPlaced,
}: {
  readonly deed: PlaceOrderDeed;
  readonly onPlaced: (order: Schemas['Order']) => void;
}) {
  const t = cartText();
  const goOn = async (request: OrderRequest) => {
    const answer = await deed.run(request);
    if (answer.ok) onPlaced(answer.value);
  };
  return (
    <Empty title={t.empty}>
      {who.value !== null && (
        <UnsettledOrder
          deed={deed}
          onGoOn={(request) => {
            goOn(request).catch(() => {});
          }}
        />
      )}
      <WaitingNote waiting={deed.waiting} onGiveUp={deed.giveUp} />
      <RefusalNote
        refusal={deed.refusal}
        onAgain={
          deed.unsettled === null
            ? undefined
            : () => {
                if (deed.unsettled !== null) goOn(deed.unsettled.request).catch(() => {});
              }
        }
      />
      <div class="row empty-ways">
        <ButtonLink href="/popular" look="main">
          {t.toPopular}
        </ButtonLink>
        <ButtonLink href="/products">{t.toProducts}</ButtonLink>
      </div>
    </Empty>
  );
}
