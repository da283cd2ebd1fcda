import { readFileSync } from 'node:fs';

/** A JSON Schema, as far as the tools here look into it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
}

export interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly 'x-events'?: Readonly<Record<string, Schema>>;
}

export interface Reference {
  readonly $ref: string;
}

export interface Header {
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header | Reference>>;
  readonly content?: Readonly<Record<string, Media>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export type Responses = Readonly<Record<string, Response | Reference>>;

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly 'x-access': 'public' | 'customer' | 'operator';
  readonly parameters: readonly (Parameter | Reference)[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, Media>>;
  };
  readonly responses: Responses;
}

/** The document as its readers see it: plain JSON. */
export interface ApiDocument {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly 'x-anywhere': { readonly responses: Responses };
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
}

/** The same from src and from dist. */
export const REFERENCE = new URL('../../../../../docs/reference/', import.meta.url);

export const readReference = (name: string): string =>
  readFileSync(new URL(name, REFERENCE), 'utf8');

/** The document that is committed. */
export const committedDocument = (): ApiDocument =>
  JSON.parse(readReference('openapi.json')) as ApiDocument;

/** What a reference of the document points to; anything else is what it is. */
export function resolve<Target extends object>(
  document: ApiDocument,
  target: Target | Reference,
): Target {
  if (!('$ref' in target) || typeof target.$ref !== 'string') return target as Target;
  const [, ...steps] = target.$ref.split('/');
  let found: unknown = document;
  for (const step of steps) found = (found as Readonly<Record<string, unknown>>)[step];
  if (found === undefined) throw new Error(`${target.$ref} is not in the document`);
  return found as Target;
}

/** An operation, with where it is. */
export interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export const operationsOf = ({ paths }: ApiDocument): readonly Placed[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
