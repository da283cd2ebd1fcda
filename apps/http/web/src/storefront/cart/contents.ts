/** What lies in a cart: how many pieces of which product, in the order they were put in. Prices are the shop's to say. */
export interface CartLine {
  readonly productId: number;
  readonly quantity: number;
}
export type Contents = readonly CartLine[];

/** What the shop takes in one order. */
export const MOST_PRODUCTS = 50;
export const MOST_PIECES = 999;

const within = (quantity: number): number => Math.min(MOST_PIECES, Math.max(1, quantity));

/** With so many pieces more of a product; a cart that is full takes no other product. */
export function withMore(contents: Contents, productId: number, quantity: number): Contents {
  const inside = contents.find((line) => line.productId === productId);
  if (inside !== undefined) return withQuantity(contents, productId, inside.quantity + quantity);
  if (contents.length >= MOST_PRODUCTS) return contents;
  return [...contents, { productId, quantity: within(quantity) }];
}

/** With exactly so many pieces of a product that lies in it. */
export const withQuantity = (contents: Contents, productId: number, quantity: number): Contents =>
  contents.map((line) =>
    line.productId === productId ? { productId, quantity: within(quantity) } : line,
  );

/** Without these products. */
export const without = (contents: Contents, productIds: readonly number[]): Contents =>
  contents.filter(({ productId }) => !productIds.includes(productId));

/** With another product in the place of one, no more of it than there is. If the other lies in the cart already, they become one line. */
export function swapped(
  contents: Contents,
  productId: number,
  other: { readonly id: number; readonly stock: number },
): Contents {
  const line = contents.find((each) => each.productId === productId);
  if (line === undefined) return contents;
  const there = contents.find((each) => each.productId === other.id)?.quantity ?? 0;
  const quantity = within(Math.min(line.quantity + there, other.stock));
  return without(contents, [other.id]).map((each) =>
    each.productId === productId ? { productId: other.id, quantity } : each,
  );
}

/** The cart as it is kept. */
export const written = (contents: Contents): string =>
  JSON.stringify(contents.map(({ productId, quantity }) => [productId, quantity]));

/** The cart that was kept; what somebody else wrote there is none. */
export function readContents(text: string | null): Contents {
  try {
    const pairs: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(pairs)) return [];
    return pairs.reduce<Contents>((contents, pair: unknown) => {
      const [productId, quantity] = Array.isArray(pair) ? (pair as unknown[]) : [];
      return isCount(productId) && isCount(quantity)
        ? withMore(contents, productId, quantity)
        : contents;
    }, []);
  } catch {
    return [];
  }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;
