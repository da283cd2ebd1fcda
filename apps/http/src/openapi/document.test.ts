import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { PROBLEMS } from '../problems.js';
import { currentDocument } from '../testing/api/current-document.js';
import {
  type ApiDocument,
  committedDocument,
  type Media,
  operationsOf,
  type Parameter,
  readReference,
  resolve,
  type Response,
  type Schema,
} from '../testing/api/document.js';
import { DocumentGuard } from '../testing/api/guard.js';
import { referencePage } from '../testing/api/reference-page.js';
import { API_VERSION } from './document.js';

const document = currentDocument();
const operations = operationsOf(document);
const named = operations.map((placed) => [placed.operation.operationId, placed] as const);

const responsesOf = ({
  responses,
}: {
  readonly responses: ApiDocument['x-anywhere']['responses'];
}) =>
  Object.entries(responses).map(
    ([status, response]) => [Number(status), resolve<Response>(document, response)] as const,
  );

describe('The document of the API', () => {
  it('is the one that is committed; npm run api:write writes it', () => {
    expect(committedDocument()).toEqual(document);
    expect(readReference('api.md')).toBe(referencePage(document));
  });

  it('is OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    expect([valid, errors]).toEqual([true, undefined]);
    expect(validator.version).toBe('3.1');
  });

  it('has the version of the packages', () => {
    const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ version: API_VERSION });
  });

  it('gives each route a name of its own, and a chapter', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    const chapters = new Set(document.tags.map(({ name }) => name));
    for (const { operation } of operations) expect(chapters).toContain(operation.tags[0]);
  });

  it('tells of every problem that is published, on the routes that have it', () => {
    const responses = [...operations.map(({ operation }) => operation), document['x-anywhere']];
    const told = responses.flatMap(responsesOf).flatMap(([, { content }]) => {
      const schema = content?.['application/problem+json']?.schema;
      return (schema === undefined ? [] : (schema.anyOf ?? [schema])).map(
        (each) => resolve<Schema>(document, each as { $ref: string }).properties?.['code']?.const,
      );
    });
    expect(new Set(told)).toEqual(new Set(PROBLEMS.map(({ code }) => code)));
  });
});

describe.each(named)('What it says of %s', (_name, { method, path, operation }) => {
  const parameters = operation.parameters.map((each) => resolve<Parameter>(document, each));

  it('names every parameter of the path, and no other', () => {
    const inPath = parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name);
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  });

  it('has an id on every answer, and no body that is not described', () => {
    for (const [status, { headers, content }] of responsesOf(operation)) {
      expect(Object.keys(headers ?? {})).toContain('X-Request-Id');
      expect(content === undefined).toBe(status === 304);
    }
  });

  it('has examples that fit', () => {
    const guard = new DocumentGuard(document);
    const bodies = responsesOf(operation).flatMap(([, { content }]) =>
      Object.values(content ?? {}),
    );
    const media: readonly Media[] = [
      ...Object.values(operation.requestBody?.content ?? {}),
      ...bodies,
    ];
    for (const { schema, example, examples } of media) {
      const values = Object.values(examples ?? {}).map(({ value }) => value);
      for (const value of example === undefined ? values : [example, ...values]) {
        expect(guard.faultsIn(schema, value)).toEqual([]);
      }
    }
  });

  it('asks for a token where one is needed, and takes a key where one is heeded', () => {
    const isPublic = operation['x-access'] === 'public';
    const statuses = new Set(responsesOf(operation).map(([status]) => status));
    expect(statuses.has(401)).toBe(!isPublic);
    const takesKey = parameters.some(({ name }) => name === 'Idempotency-Key');
    expect(takesKey).toBe(method === 'POST' && !isPublic);
    expect(statuses.has(422)).toBe(takesKey);
  });
});
