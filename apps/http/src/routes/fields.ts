import { z } from 'zod';
import { writtenAs } from '../openapi/wire.js';

/** The prefix of every route but health and docs. */
export const API = '/api/v1';

const digits = /^\d{1,16}$/;

/** A whole number as it stands in a path or a query. */
const numeral = (least: number, most: number) =>
  writtenAs(
    z
      .string()
      .regex(digits, 'must be a whole number in plain digits')
      .transform(Number)
      .pipe(z.int().min(least).max(most)),
    { type: 'integer', minimum: least, maximum: most },
  );

/** An id in a path. */
export const pathId = numeral(1, Number.MAX_SAFE_INTEGER);

/** An id in a body. */
export const bodyId = z.int().positive();

export const queryInteger = (least: number, most: number, preset: number) =>
  writtenAs(numeral(least, most).default(preset), {
    type: 'integer',
    minimum: least,
    maximum: most,
    default: preset,
  });

/** An id that a list is narrowed to; left out or empty, it filters nothing. */
export const queryId = writtenAs(
  z.union([z.literal('').transform(() => null), numeral(1, Number.MAX_SAFE_INTEGER)]).default(null),
  { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
);

/** How many items of a list that grows. */
export const pageLimit = queryInteger(1, 100, 20);

/** What every database stores and gives back unchanged. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** `least` to `most` characters (UTF-16 code units, as the domain counts them). */
export const text = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine(isStorable, 'must be well-formed Unicode without NUL characters');

/** Like {@link text}, and not only blanks. */
export const label = (most: number) =>
  text(1, most).refine((value) => value.trim() !== '', 'must not be blank');

/** A filter in a query; left empty, it filters nothing. */
export const filter = (most: number) =>
  text(0, most)
    .transform((value) => (value === '' ? null : value))
    .default(null);

/** An RFC 3339 time, as milliseconds since 1970. */
export const time = z.iso
  .datetime({ offset: true, abort: true })
  .transform((value) => Date.parse(value));

/** The body of a request that has nothing to say: none, or `{}`. */
export const emptyBody = z.strictObject({});
