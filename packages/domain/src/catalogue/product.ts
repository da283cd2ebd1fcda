import type { ProductId } from '../shared/ids.js';
import { invariant } from '../shared/invariant.js';
import { type Money, won } from '../shared/money.js';

/** The most characters of a product’s name. */
export const MAX_NAME_LENGTH = 200;
/** The most characters of a category. */
export const MAX_CATEGORY_LENGTH = 100;
/** The most characters of a description. */
export const MAX_DESCRIPTION_LENGTH = 2_000;
/** The highest price of one piece, in won. It keeps the dearest possible order a safe integer. */
export const MAX_PRICE = 1_000_000_000;

/** A product as it is stored. */
export interface ProductSnapshot {
  readonly id: ProductId;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  /** Won for one piece. */
  readonly price: Money;
}

/** A thing on sale. Orders copy its name and price when they are placed, so a revision changes no order. */
export class Product {
  private constructor(private readonly state: ProductSnapshot) {}

  /** For repositories and new products. Throws when a name, text or price is out of bounds. */
  static rehydrate(snapshot: ProductSnapshot): Product {
    const { id, name, description, category, price } = snapshot;
    invariant(isTextWithin(name, 1, MAX_NAME_LENGTH), `a name of ${name.length} characters`);
    invariant(isTextWithin(category, 1, MAX_CATEGORY_LENGTH), `category: ${category.length}`);
    invariant(isTextWithin(description, 0, MAX_DESCRIPTION_LENGTH), `text: ${description.length}`);
    invariant(won(price) <= MAX_PRICE, `a price is at most ${MAX_PRICE} won: ${price}`);
    return new Product({ id, name, description, category, price });
  }

  get id(): ProductId {
    return this.state.id;
  }

  get name(): string {
    return this.state.name;
  }

  get category(): string {
    return this.state.category;
  }

  get price(): Money {
    return this.state.price;
  }

  /** The product with some of its texts or its price changed, from now on. */
  revise(changes: Partial<Omit<ProductSnapshot, 'id'>>): Product {
    return Product.rehydrate({ ...this.state, ...changes, id: this.id });
  }

  toSnapshot(): ProductSnapshot {
    return { ...this.state };
  }
}

const isTextWithin = (text: string, least: number, most: number): boolean =>
  text.length >= least && text.length <= most;
