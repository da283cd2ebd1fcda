import { computed, effect, signal } from '@preact/signals';
import { keep, kept } from '../../shell/preferences.js';
import { type Contents, readContents, withMore, written } from './contents.js';

/** What lies in the cart. It is kept on this device, also for who comes back tomorrow: products and pieces, no prices. */
export const cart = signal<Contents>(readContents(kept('cart')));

effect(() => {
  const text = cart.value.length === 0 ? null : written(cart.value);
  if (text !== kept('cart')) keep('cart', text);
});
// Another tab of the shop has changed it.
addEventListener('storage', ({ key }) => {
  if (key === 'jumun.cart' || key === null) cart.value = readContents(kept('cart'));
});

/** How many different products lie in the cart. */
export const cartCount = computed(() => cart.value.length);

/** Puts pieces of a product into the cart, on top of those that are there. */
export function addToCart(productId: number, quantity: number): void {
  cart.value = withMore(cart.value, productId, quantity);
}

/** Where one product is ordered by itself: what lies in the cart stays there. */
export const buyNowUrl = (productId: number, quantity: number): string =>
  `/cart?buy=${productId}&quantity=${quantity}`;
