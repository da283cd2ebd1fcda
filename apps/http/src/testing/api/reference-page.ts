import {
  type ApiDocument,
  type Operation,
  operationsOf,
  resolve,
  type Response,
  type Schema,
} from './document.js';

const WHO: Readonly<Record<Operation['x-access'], string>> = {
  public: 'all',
  customer: 'customer',
  operator: 'operator',
};

/** The page of all routes: what each is for, who may call it, and what it may answer. */
export function referencePage(document: ApiDocument): string {
  const operations = operationsOf(document);
  const chapters = document.tags.map(({ name, description }) => {
    const rows = operations
      .filter(({ operation }) => operation.tags[0] === name)
      .map(({ method, path, operation }) => {
        const { summary, responses } = operation;
        const answers = Object.keys(responses).filter((status) => Number(status) < 400);
        const cells = [`\`${method} ${path}\``, WHO[operation['x-access']], summary];
        return `| ${[...cells, answers.join(', '), codesOf(document, operation)].join(' | ')} |`;
      });
    const head = '| route | who | does | answers | problems |\n| --- | --- | --- | --- | --- |';
    return `## ${name}\n\n${description}\n\n${head}\n${rows.join('\n')}\n`;
  });
  return `${INTRODUCTION}\n${chapters.join('\n')}`;
}

const INTRODUCTION = `# The routes

Made from [openapi.json](openapi.json), which is made from the schemas that validate: \`npm run api:write\` writes both. The
service shows the same at \`/docs\`, where it can be tried. How to call it well: [Use the API](../how-to/use-the-api.md).

Problems of all routes of a kind are left out of the tables:

- of any route: INTERNAL_ERROR, and below \`/api/v1\` DEPENDENCY_UNAVAILABLE
- of a route with parameters or a body: VALIDATION_FAILED
- of a route with a body: MALFORMED_JSON, MALFORMED_REQUEST, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE
- of a route for customers or operators: UNAUTHENTICATED; and if it changes something, OUTCOME_UNKNOWN and, with an
  \`Idempotency-Key\`, IDEMPOTENCY_KEY_REUSED
`;

/** What the introduction tells of once. */
const OF_MANY = new Set([
  'INTERNAL_ERROR',
  'DEPENDENCY_UNAVAILABLE',
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'MALFORMED_REQUEST',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'UNAUTHENTICATED',
  'OUTCOME_UNKNOWN',
  'IDEMPOTENCY_KEY_REUSED',
]);

function codesOf(document: ApiDocument, { responses }: Operation): string {
  const codes = Object.values(responses).flatMap((response) => {
    const { content } = resolve<Response>(document, response);
    const schema = content?.['application/problem+json']?.schema;
    return (schema === undefined ? [] : (schema.anyOf ?? [schema])).map((problem) =>
      String(
        resolve<Schema>(document, problem as Schema & { readonly $ref: string }).properties?.[
          'code'
        ]?.const,
      ),
    );
  });
  return [...new Set(codes)]
    .filter((code) => !OF_MANY.has(code))
    .map((code) => `[${code}](../problems/${code}.md)`)
    .join(', ');
}
