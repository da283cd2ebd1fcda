import { z } from 'zod';
import { orderStatusSchema, couponStatusSchema, shelfProductSchema } from '../answer-schemas.js';
import { type ProblemMembers, problemPath, type RefusalCode, tellingOf } from '../problems.js';
import type { Unchangeable } from '../routes/route.js';

const like = <Schema extends z.ZodType>(schema: Schema, example: z.input<Schema>): Schema =>
  schema.meta({ examples: [example] });

const productId = like(z.int().positive(), 101);
const count = z.int().nonnegative();
const time = like(z.iso.datetime(), '2024-01-17T00:30:00.000Z');

/** The codes of refusals that have members of their own. */
type CodeWithMembers = {
  [Code in RefusalCode]: [ProblemMembers<Code>] extends [never] ? never : Code;
}[RefusalCode];

/** Schemas that promise what `problems.ts` tells; where one does not, it fits nothing. */
type Truthful<Schemas extends Readonly<Record<CodeWithMembers, z.ZodObject>>> = {
  readonly [Code in CodeWithMembers]: ProblemMembers<Code> extends Unchangeable<
    z.input<Schemas[Code]>
  >
    ? z.ZodObject
    : never;
};

const MEMBERS = {
  VALIDATION_FAILED: z.object({
    errors: like(
      z.array(
        z.object({
          path: z.string().meta({ description: 'Dotted: the field, parameter or header.' }),
          message: z.string(),
        }),
      ),
      [{ path: 'items.0.quantity', message: 'Too small: expected number to be >=1' }],
    ),
  }),
  PAYLOAD_TOO_LARGE: z.object({ limit: like(count, 100_000) }),
  URI_TOO_LONG: z.object({ limit: like(count, 8_000) }),
  RATE_LIMITED: z.object({ policy: like(z.string(), 'customer'), limit: like(count, 100) }),
  NOT_READY: z.object({ down: like(z.array(z.string()), ['database']) }),
  INVALID_AMOUNT: z.object({ min: like(count, 1), max: like(count, 10_000_000) }),
  BALANCE_LIMIT_EXCEEDED: z.object({
    balance: like(count, 999_990_000),
    limit: like(count, 1_000_000_000),
  }),
  INSUFFICIENT_BALANCE: z.object({
    balance: like(count, 15_000),
    required: like(count, 120_000),
  }),
  PRODUCT_NOT_FOUND: z.object({ productId }),
  REVIEW_NOT_ALLOWED: z.object({ productId }),
  REVIEW_ALREADY_WRITTEN: z.object({ productId }),
  STOCK_LIMIT_EXCEEDED: z.object({
    productId,
    onHand: like(count, 55),
    limit: like(count, 1_000_000_000),
  }),
  OUT_OF_STOCK: z.object({
    items: z.array(z.object({ productId, requested: like(count, 2), available: like(count, 1) })),
    alternatives: z.array(shelfProductSchema),
  }),
  ORDER_NOT_FOUND: z.object({ orderId: like(z.int().positive(), 1001) }),
  ORDER_NOT_PAYABLE: z.object({ orderStatus: like(orderStatusSchema, 'EXPIRED') }),
  ORDER_NOT_CANCELLABLE: z.object({ orderStatus: like(orderStatusSchema, 'CANCELLED') }),
  AMOUNT_MISMATCH: z.object({ required: like(count, 25_000) }),
  COUPON_NOT_FOUND: z.object({ couponId: like(z.int().positive(), 3001) }),
  COUPON_NOT_USABLE: z.object({ couponStatus: like(couponStatusSchema, 'USED') }),
  COUPON_CAMPAIGN_NOT_FOUND: z.object({ couponCampaignId: like(z.int().positive(), 501) }),
  COUPON_CAMPAIGN_NOT_ACTIVE: z.object({ startsAt: time, endsAt: time }),
  CAMPAIGN_LIMIT_EXCEEDED: z.object({
    totalQuantity: like(count, 100),
    limit: like(count, 10_000_000),
  }),
} satisfies { readonly [Code in CodeWithMembers]: z.ZodObject };

/** `OUT_OF_STOCK` as `OutOfStock`. */
export const problemName = (code: RefusalCode): string =>
  code.toLowerCase().replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The problem that a refusal is told as, with its members. */
export function problemSchema(code: RefusalCode): z.ZodObject {
  const { status, title, detail, code: published } = tellingOf(code);
  const truthful: Truthful<typeof MEMBERS> = MEMBERS;
  const members: Partial<Record<RefusalCode, z.ZodObject>> = truthful;
  return z
    .object({
      type: z.literal(problemPath(published)),
      title: like(z.string(), title),
      status: z.literal(status),
      detail: like(z.string(), detail),
      instance: like(z.string(), '/api/v1/orders'),
      code: z.literal(published),
      requestId: like(z.string(), '5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f'),
      ...members[code]?.shape,
    })
    .meta({ id: `${problemName(code)}Problem`, description: `${title}. ${detail}` });
}
