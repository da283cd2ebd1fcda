import type { components, paths } from '../../../src/openapi/types.js';

/**
 * What the document of the API says, as types: a path, a parameter, a field or a code that is not in it does not compile.
 * Nothing here is there at run time.
 */
export type Schemas = components['schemas'];

export type Method = 'get' | 'post' | 'patch';

/** The paths that have this method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { readonly responses: object }> ? P : never;
}[keyof paths];

type OperationOf<M extends Method, P> = P extends keyof paths
  ? paths[P] extends Record<M, infer Operation>
    ? Operation
    : never
  : never;

type ResponsesOf<M extends Method, P> =
  OperationOf<M, P> extends { readonly responses: infer R } ? R : never;

type ContentOf<M extends Method, P, Media extends string> = {
  [Status in keyof ResponsesOf<M, P>]: ResponsesOf<M, P>[Status] extends {
    readonly content: { readonly [Type in Media]: infer Content };
  }
    ? Content
    : never;
}[keyof ResponsesOf<M, P>];

/** What an operation answers when it is not refused. */
export type ValueOf<M extends Method, P> = ContentOf<M, P, 'application/json'>;

/** Every problem that an operation can be refused with. */
export type ProblemOf<M extends Method, P> = ContentOf<M, P, 'application/problem+json'>;

type Section<M extends Method, P, Name extends 'path' | 'query'> =
  OperationOf<M, P> extends { readonly parameters: infer Parameters }
    ? Name extends keyof Parameters
      ? Exclude<Parameters[Name], undefined>
      : never
    : never;

type PathParameters<M extends Method, P> = [Section<M, P, 'path'>] extends [never]
  ? unknown
  : { readonly path: Section<M, P, 'path'> };

type QueryParameters<M extends Method, P> = [Section<M, P, 'query'>] extends [never]
  ? unknown
  : { readonly query?: Section<M, P, 'query'> };

type BodyOf<M extends Method, P> =
  OperationOf<M, P> extends {
    readonly requestBody: { readonly content: { readonly 'application/json': infer Body } };
  }
    ? { readonly body: Body }
    : OperationOf<M, P> extends {
          readonly requestBody?: { readonly content: { readonly 'application/json': infer Body } };
        }
      ? { readonly body?: Body }
      : unknown;

/** What an operation has to be given: its path and query parameters and its body, as far as it has them. */
export type InputOf<M extends Method, P> = PathParameters<M, P> &
  QueryParameters<M, P> &
  BodyOf<M, P>;
