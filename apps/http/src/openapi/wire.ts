import { z } from 'zod';

/**
 * How a value is written in a request, where that says more than the schema that reads it: a number in a query is read from
 * a text, but whoever calls thinks of a number.
 */
export const ON_THE_WIRE = z.registry<z.core.JSONSchema.BaseSchema>();

/** The same schema, told in the document as `written`. */
export function writtenAs<Schema extends z.ZodType>(
  schema: Schema,
  written: z.core.JSONSchema.BaseSchema,
): Schema {
  // A schema of its own, so that no other use of this one is told so too.
  const own = schema.clone();
  ON_THE_WIRE.add(own, written);
  return own;
}
