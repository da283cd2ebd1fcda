import { type CouponCampaignId, couponCampaignId, instant, orderId, reviewId } from '@jumun/domain';
import type {
  DeliveryId,
  OrderPlace,
  OrderPosition,
  Page,
  ReviewPosition,
} from '@jumun/application';
import { z } from 'zod';

/**
 * Where a list goes on, as an opaque word: customers' programs hand it back, and need not know what is in it. It is its
 * numbers in base 36, in base64url. What was not made here is refused.
 */
interface Cursor<Position> {
  readonly write: (position: Position) => string;
  /** For a query: the position, or null where the list is to begin. */
  readonly schema: z.ZodType<Position | null>;
}

const MAX_LENGTH = 64;

function cursor<Position>(
  count: number,
  numbersOf: (position: Position) => readonly number[],
  positionOf: (numbers: readonly number[]) => Position,
): Cursor<Position> {
  const write = (position: Position): string =>
    Buffer.from(
      numbersOf(position)
        .map((value) => value.toString(36))
        .join('.'),
    ).toString('base64url');

  const read = (word: string): Position | undefined => {
    const numbers = Buffer.from(word, 'base64url')
      .toString('latin1')
      .split('.')
      .map((value) => Number.parseInt(value, 36));
    if (numbers.length !== count || !numbers.every(isPosition)) return undefined;
    const position = positionOf(numbers);
    return write(position) === word ? position : undefined;
  };

  const schema = z
    .string()
    .max(MAX_LENGTH)
    .transform((word, context) => {
      if (word === '') return null;
      const position = read(word);
      if (position !== undefined) return position;
      context.addIssue('is not a cursor of this list');
      return z.NEVER;
    })
    .default(null);
  return { write, schema };
}

/** Every number in a cursor is an id, a count or a time, all of which an instant can hold. */
const LARGEST = 8_640_000_000_000_000;
const isPosition = (value: number): boolean =>
  Number.isSafeInteger(value) && value >= 1 && value <= LARGEST;

export const walletCursor = cursor<number>(
  1,
  (sequence) => [sequence],
  ([sequence = 0]) => sequence,
);

export const orderCursor = cursor<OrderPosition>(
  2,
  ({ createdAt, id }) => [createdAt, id],
  ([createdAt = 0, id = 0]) => ({ createdAt: instant(createdAt), id: orderId(id) }),
);

/** Of a list of everybody's orders, which may be in the order of either time. */
export const orderPlaceCursor = cursor<OrderPlace>(
  3,
  ({ createdAt, expiresAt, id }) => [createdAt, expiresAt, id],
  ([createdAt = 0, expiresAt = 0, id = 0]) => ({
    createdAt: instant(createdAt),
    expiresAt: instant(expiresAt),
    id: orderId(id),
  }),
);

export const campaignCursor = cursor<CouponCampaignId>(
  1,
  (id) => [id],
  ([id = 0]) => couponCampaignId(id),
);

export const reviewCursor = cursor<ReviewPosition>(
  2,
  ({ createdAt, id }) => [createdAt, id],
  ([createdAt = 0, id = 0]) => ({ createdAt: instant(createdAt), id: reviewId(id) }),
);

export const deliveryCursor = cursor<DeliveryId>(
  1,
  (id) => [id],
  ([id = 0]) => id as DeliveryId,
);

/** A page as JSON. */
export const pageJson = <Item, Position, Shown extends object>(
  page: Page<Item, Position>,
  represent: (item: Item) => Shown,
  { write }: Cursor<Position>,
): { readonly items: readonly Shown[]; readonly nextCursor: string | null } => ({
  items: page.items.map(represent),
  nextCursor: page.next === null ? null : write(page.next),
});
