import { z } from 'zod';
import { ON_THE_WIRE } from './wire.js';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Whether a schema is of what comes in, or of what goes out. */
export type Direction = 'input' | 'output';

const COMPONENTS = '#/components/schemas/';

/**
 * Turns the schemas that validate into those of the document. A schema with an `id` becomes a component of that name, and
 * is referred to.
 */
export class JsonSchemas {
  readonly components: Record<string, JsonSchema> = {};

  of(schema: z.ZodType, io: Direction): JsonSchema {
    // As a part of another one, a schema with an id is referred to wherever it stands.
    const { properties = {}, $defs = {} } = z.toJSONSchema(z.object({ schema }), {
      target: 'draft-2020-12',
      io,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        const written = ON_THE_WIRE.get(zodSchema);
        if (written !== undefined) replace(jsonSchema, written);
        tidy(jsonSchema, io);
      },
    });
    for (const [name, component] of Object.entries($defs)) {
      const { id: _id, ...rest } = component as JsonSchema & { readonly id?: string };
      this.components[name] = pointToComponents(rest) as JsonSchema;
    }
    return pointToComponents(properties['schema']) as JsonSchema;
  }

  /** What a reference points to; any other schema is what it is. */
  resolve(schema: JsonSchema): JsonSchema {
    const { $ref } = schema;
    if ($ref === undefined) return schema;
    const found = this.components[$ref.slice(COMPONENTS.length)];
    if (found === undefined) throw new Error(`${$ref} is not there`);
    return found;
  }
}

function replace(schema: JsonSchema, written: JsonSchema): void {
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, written);
}

/** Takes out what is so long or so obvious that it hides the rest. */
function tidy(schema: JsonSchema, io: Direction): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (io === 'output') {
    if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
    // Answers gain fields: whoever reads them must not mind.
    if (schema.additionalProperties === false) delete schema.additionalProperties;
  }
  // The format says it.
  if (schema.format !== undefined) delete schema.pattern;
}

function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/$defs/', COMPONENTS)
        : pointToComponents(inner),
    ]),
  );
}

/** A value that fits the schema: the example where there is one, else one made of its parts. */
export function exampleOf(schema: JsonSchema, schemas: JsonSchemas): unknown {
  const found = schemas.resolve(schema);
  const [example]: readonly unknown[] = Array.isArray(found.examples) ? found.examples : [];
  if (example !== undefined) return example;
  if (found.const !== undefined) return found.const;
  if (found.enum !== undefined) return found.enum[0];
  if (found.default !== undefined) return found.default;
  const [either] = found.anyOf ?? [];
  if (either !== undefined) return exampleOf(either, schemas);
  return madeOf(found, schemas);
}

function madeOf(schema: JsonSchema, schemas: JsonSchemas): unknown {
  const { type, properties = {}, required = [], items, minimum = 1, format } = schema;
  if (type === 'object') {
    const parts = Object.entries(properties).filter(([name]) => required.includes(name));
    return Object.fromEntries(
      parts.map(([name, part]) => [name, exampleOf(part as JsonSchema, schemas)]),
    );
  }
  if (type === 'array') {
    return isSchema(items) ? [exampleOf(items, schemas)] : [];
  }
  if (type === 'integer' || type === 'number') return Math.max(minimum, 1);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return format === 'date-time' ? '2024-01-17T00:30:00Z' : '무선 마우스';
}

const isSchema = (items: JsonSchema['items']): items is JsonSchema =>
  typeof items === 'object' && !Array.isArray(items);
