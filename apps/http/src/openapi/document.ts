import type { z } from 'zod';
import { type RefusalCode, tellingOf } from '../problems.js';
import { type Route, TAGS } from '../routes/route.js';
import { exampleOf, type JsonSchema, JsonSchemas } from './json-schema.js';
import { problemName, problemSchema } from './problem-schemas.js';
import { heedsKey, REFUSALS_ANYWHERE, refusalsOf } from './refusals.js';
import { HEADERS, INTRODUCTION, PARAMETERS, SECURITY_SCHEMES } from './texts.js';

/** Of the API, and of the packages. */
export const API_VERSION = '0.1.0';

interface Reference {
  readonly $ref: string;
}

interface Response {
  readonly description: string;
  readonly headers: Readonly<Record<string, Reference>>;
  readonly content?: Readonly<Record<string, object>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Response | Reference>>;
}

/** An OpenAPI 3.1 document, as far as its users here look into it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, object>>;
}

/** Describes a table of routes, by the very schemas that validate. */
export function documentOf(routes: readonly Route[]): OpenApiDocument {
  return new Describer().describe(routes);
}

const headers = (names: readonly (keyof typeof HEADERS)[]): Readonly<Record<string, Reference>> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** Limits are told of where there are any. */
const OF_EVERY_ANSWER = ['X-Request-Id', 'RateLimit-Policy', 'RateLimit'] as const;

/** `/orders/:id` as `/orders/{id}`. */
const templateOf = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

class Describer {
  private readonly schemas = new JsonSchemas();
  private readonly responses: Record<string, Response> = {};

  describe(routes: readonly Route[]): OpenApiDocument {
    const paths: Record<string, Record<string, Operation>> = {};
    for (const route of routes) {
      const path = (paths[templateOf(route.path)] ??= {});
      path[route.method.toLowerCase()] = this.operation(route);
    }
    const anywhere = this.anywhere();
    const used = new Set(routes.map(({ tag }) => tag));
    return {
      openapi: '3.1.0',
      info: {
        title: 'Jumun',
        version: API_VERSION,
        summary: 'An order service: wallet, products, orders, coupons, popular products.',
        description: INTRODUCTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'This one.' }],
      tags: Object.entries(TAGS)
        .filter(([name]) => used.has(name as keyof typeof TAGS))
        .map(([name, description]) => ({ name, description })),
      paths,
      'x-anywhere': anywhere,
      components: {
        schemas: this.schemas.components,
        responses: this.responses,
        parameters: PARAMETERS,
        headers: HEADERS,
        securitySchemes: SECURITY_SCHEMES,
      },
    } as OpenApiDocument;
  }

  private operation(route: Route): Operation {
    const { name, tag, summary, description, access, body } = route;
    const note = access === 'operator' ? 'Needs a token with the role `operator`.' : undefined;
    const told = [description, note].filter((text) => text !== undefined).join('\n\n');
    return {
      operationId: name,
      tags: [tag],
      summary,
      ...(told === '' ? {} : { description: told }),
      security: access === 'public' ? [] : [{ bearer: [] }],
      'x-access': access,
      parameters: this.parameters(route),
      ...(body === null ? {} : { requestBody: this.requestBody(body) }),
      responses: {
        [route.status]: this.success(route),
        ...(route.answerHeaders?.includes('ETag') === true ? { 304: UNCHANGED } : {}),
        ...this.problems(refusalsOf(route)),
      },
    } as Operation;
  }

  private parameters(route: Route): readonly object[] {
    const inPath = this.fields(route.params).map(([name, schema]) => ({
      name,
      in: 'path',
      required: true,
      schema,
    }));
    const inQuery = this.fields(route.query).map(([name, schema]) => ({
      name,
      in: 'query',
      schema: withoutNull(schema),
    }));
    const common = heedsKey(route) ? ['X-Request-Id', 'Idempotency-Key'] : ['X-Request-Id'];
    const references = common.map((name) => ({ $ref: `#/components/parameters/${name}` }));
    return [...inPath, ...inQuery, ...references];
  }

  private fields(schema: z.ZodObject): readonly (readonly [string, JsonSchema])[] {
    return Object.entries(schema.shape).map(([name, field]) => [
      name,
      this.schemas.of(field as z.ZodType, 'input'),
    ]);
  }

  private requestBody(body: z.ZodObject): object {
    const schema = this.schemas.of(body, 'input');
    return {
      // None counts as {}.
      required: (schema.required ?? []).length > 0,
      content: { 'application/json': { schema, example: exampleOf(schema, this.schemas) } },
    };
  }

  private success(route: Route): Response {
    const { answer, answerType = 'application/json', answerHeaders = [], events } = route;
    const schema = this.schemas.of(answer, 'output');
    const isPrivate = route.access !== 'public' || route.method !== 'GET' || events !== undefined;
    const example =
      answerType === 'application/json' ? { example: exampleOf(schema, this.schemas) } : {};
    const told: readonly (readonly [string, JsonSchema])[] = Object.entries(events ?? {}).map(
      ([event, data]) => [event, this.schemas.of(data, 'output')],
    );
    return {
      description: route.summary,
      headers: headers([
        ...OF_EVERY_ANSWER,
        ...(isPrivate ? (['Cache-Control'] as const) : []),
        ...answerHeaders,
        ...(heedsKey(route) ? (['Idempotency-Replayed'] as const) : []),
      ]),
      content: {
        [answerType]: {
          schema,
          ...example,
          ...(events === undefined ? {} : { 'x-events': Object.fromEntries<JsonSchema>(told) }),
        },
      },
    };
  }

  /** By status; what several routes have in common is a component. */
  private problems(codes: readonly RefusalCode[]): Readonly<Record<string, Reference>> {
    const byStatus = Map.groupBy(codes, (code) => tellingOf(code).status);
    return Object.fromEntries(
      [...byStatus].map(([status, those]) => {
        const name = those.toSorted().map(problemName).join('Or');
        this.responses[name] ??= this.problem(those);
        return [status, { $ref: `#/components/responses/${name}` }];
      }),
    );
  }

  private problem(codes: readonly RefusalCode[]): Response {
    const problems = codes.map((code) => ({
      ...tellingOf(code),
      refusal: code,
      schema: this.schemas.of(problemSchema(code), 'output'),
    }));
    const [first, ...others] = problems.map(({ schema }) => schema);
    const own = problems.flatMap((problem) => problem.headers) as (keyof typeof HEADERS)[];
    const published = new Set(problems.map(({ code }) => code));
    const examples = problems.map(({ refusal, title, schema }): readonly [string, object] => [
      refusal,
      { summary: title, value: exampleOf(schema, this.schemas) },
    ]);
    return {
      description: [...published].map((code) => `[${code}](/docs/problems/${code})`).join(', '),
      headers: headers([...OF_EVERY_ANSWER, 'Cache-Control', ...own]),
      content: {
        'application/problem+json': {
          schema: others.length === 0 ? first : { anyOf: [first, ...others] },
          examples: Object.fromEntries(examples),
        },
      },
    };
  }

  /** What is answered before a route is found, or where there is none. */
  private anywhere(): object {
    return {
      description: 'Answers to what is no request to any route above.',
      responses: { 204: OPTIONS_ANSWER, ...this.problems(REFUSALS_ANYWHERE) },
    };
  }
}

const UNCHANGED: Response = {
  description: 'What `If-None-Match` names is still so.',
  headers: headers([...OF_EVERY_ANSWER, 'Cache-Control', 'ETag', 'Vary']),
};

const OPTIONS_ANSWER: Response = {
  description: 'To OPTIONS: the methods of the path.',
  headers: headers([...OF_EVERY_ANSWER, 'Allow']),
};

/** In a query there is no null: it stands for a parameter that is not given. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const { default: preset, anyOf, ...rest } = schema;
  const left = anyOf?.filter(({ type }) => type !== 'null');
  const [only] = left ?? [];
  return {
    ...rest,
    ...only,
    ...(preset === null || preset === undefined ? {} : { default: preset }),
  };
}
