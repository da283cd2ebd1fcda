import { computed, signal } from '@preact/signals';

/** What lies in the cart: products by id, and how many pieces of each. */
const contents = signal<ReadonlyMap<number, number>>(new Map());

/** How many different products lie in the cart. */
export const cartCount = computed(() => contents.value.size);

/** Puts pieces of a product into the cart, on top of those that are there. */
export function addToCart(productId: number, quantity: number): void {
  const inside = contents.value.get(productId) ?? 0;
  contents.value = new Map([...contents.value, [productId, inside + quantity]]);
}
