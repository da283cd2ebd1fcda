import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { PAGE_SECURITY_HEADERS, SECURITY_HEADERS } from '../../edge/security-headers.js';
import {
  type ApiDocument,
  committedDocument,
  type Header,
  type Media,
  type Operation,
  operationsOf,
  resolve,
  type Response,
  type Schema,
} from './document.js';

/** A request and its answer, as a client saw them. */
export interface Exchanged {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where it was not read. */
  readonly text: string | undefined;
}

/** What HTTP itself needs, and the headers that keep browsers careful: the document speaks of them once, in words. */
const OF_EVERY_ANSWER = new Set(
  [
    ...[...SECURITY_HEADERS, ...PAGE_SECURITY_HEADERS].filter((_, at) => at % 2 === 0),
    'Content-Type',
    'Content-Length',
    'Transfer-Encoding',
    'Date',
    'Connection',
    'Keep-Alive',
    // For proxies alone: a stream is not to be held back.
    'X-Accel-Buffering',
    // Of CORS, where pages of other origins are let in.
    'Vary',
    'Access-Control-Allow-Origin',
    'Access-Control-Allow-Methods',
    'Access-Control-Allow-Headers',
    'Access-Control-Expose-Headers',
    'Access-Control-Max-Age',
  ].map((name) => name.toLowerCase()),
);

/** Problems of what was never a request to the route that its path names. */
const BEFORE_ANY_ROUTE = new Set([
  'MALFORMED_REQUEST',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'URI_TOO_LONG',
]);

interface Known {
  readonly method: string;
  readonly pattern: RegExp;
  readonly operation: Operation;
}

/** Holds answers against the document: whatever it does not tell of, fails. */
export class DocumentGuard {
  private readonly known: readonly Known[];
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<Schema, ValidateFunction>();

  constructor(private readonly document: ApiDocument) {
    addFormats.default(this.ajv);
    // As it stands, the document lets answers gain fields. Here they may not: a field that it does not name is undocumented.
    this.ajv.addSchema(closed(document) as object, 'document');
    this.known = operationsOf(document)
      .toSorted((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))
      .map(({ method, path, operation }) => ({
        method,
        operation,
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
      }));
  }

  /** Throws when the document does not tell of this answer. */
  check(exchanged: Exchanged): void {
    const faults = this.faultsOf(exchanged);
    if (faults.length === 0) return;
    const { method, path, status, text } = exchanged;
    const what = `${method} ${path}: ${status} ${text?.slice(0, 500) ?? ''}`;
    throw new Error(`not in the API's document: ${faults.join('; ')}\n${what}`);
  }

  /** Throws when the document does not tell of such data of an event of the stream at a path. */
  checkEvent(path: string, event: string, data: unknown): void {
    const media = this.operationAt('GET', path)?.responses['200'] as Response | undefined;
    const schema = media?.content?.['text/event-stream']?.['x-events']?.[event];
    const faults = schema === undefined ? ['no such event'] : this.faultsIn(schema, data);
    if (faults.length === 0) return;
    throw new Error(`not in the API's document: ${faults.join('; ')}\n${path}: event ${event}`);
  }

  private faultsOf(exchanged: Exchanged): readonly string[] {
    const { method, path, status, text } = exchanged;
    const operation = this.operationAt(method === 'HEAD' ? 'GET' : method, path);
    const isElsewhere =
      operation === undefined || !isDecodable(path) || BEFORE_ANY_ROUTE.has(codeIn(text) ?? '');
    const { responses } = isElsewhere ? this.document['x-anywhere'] : operation;
    // To a HEAD no code is told, so a status is all there is to go by.
    const elsewhere = method === 'HEAD' ? this.document['x-anywhere'].responses : {};
    const response = responses[String(status)] ?? elsewhere[String(status)];
    if (response === undefined) return [`status ${status} is not told of`];
    const told = resolve<Response>(this.document, response);
    return [...this.faultsOfHeaders(told, exchanged), ...this.faultsOfBody(told, exchanged)];
  }

  private operationAt(method: string, path: string): Operation | undefined {
    const here = this.known.filter(({ pattern }) => pattern.test(path));
    // A fixed path hides those with parameters, whatever the method.
    const [first] = here;
    return here.find(
      (each) => each.method === method && each.pattern.source === first?.pattern.source,
    )?.operation;
  }

  private faultsOfHeaders({ headers = {} }: Response, exchanged: Exchanged): readonly string[] {
    const told = new Map(
      Object.entries(headers).map(([name, header]) => [
        name.toLowerCase(),
        resolve<Header>(this.document, header),
      ]),
    );
    const untold = [...exchanged.headers]
      .filter(([name]) => !told.has(name) && !OF_EVERY_ANSWER.has(name))
      // What the proxy in front of us says of itself.
      .filter(([name, value]) => name !== 'server' || value !== 'nginx')
      .map(([name]) => `header ${name} is not told of`);
    const wrong = [...told].flatMap(([name, { required, schema }]) => {
      const value = exchanged.headers.get(name);
      if (value === null) return required === true ? [`header ${name} is missing`] : [];
      const read = schema.type === 'integer' ? Number(value) : value;
      return this.faultsIn(schema, read).map((fault) => `header ${name}: ${fault}`);
    });
    return [...untold, ...wrong];
  }

  private faultsOfBody({ content }: Response, exchanged: Exchanged): readonly string[] {
    const { method, text, headers } = exchanged;
    if (method === 'HEAD' || text === undefined) return [];
    if (content === undefined) return text === '' ? [] : ['a body is not told of'];
    const [type = ''] = (headers.get('content-type') ?? '').split(';');
    const media: Media | undefined =
      content[type] ?? content[type.replace(/\/.*/, '/*')] ?? content['*/*'];
    if (media === undefined) return [`a body of ${type} is not told of`];
    if (!type.endsWith('json')) return [];
    return this.faultsIn(media.schema, JSON.parse(text));
  }

  /** Why a value does not fit a schema of the document; empty when it does. */
  faultsIn(schema: Schema, value: unknown): readonly string[] {
    let validate = this.validators.get(schema);
    if (validate === undefined) {
      validate = this.ajv.compile(inDocument(closed(schema)) as object);
      this.validators.set(schema, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

/** The guard of the committed document, which all tests share. */
let shared: DocumentGuard | undefined;
export const documentGuard = (): DocumentGuard =>
  (shared ??= new DocumentGuard(committedDocument()));

/** Where objects name their fields, they have no others, unless they say so. */
function closed(value: unknown): unknown {
  return mapped(value, (each) =>
    'properties' in each &&
    !('additionalProperties' in each) &&
    typeof each['properties'] === 'object'
      ? { ...each, additionalProperties: false }
      : each,
  );
}

/** References lead into the whole document. */
const inDocument = (value: unknown): unknown =>
  mapped(value, (each) =>
    typeof each['$ref'] === 'string' ? { ...each, $ref: `document${each['$ref']}` } : each,
  );

type Fields = Readonly<Record<string, unknown>>;

function mapped(value: unknown, change: (fields: Fields) => Fields): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, mapped(inner, change)]);
  return change(Object.fromEntries(fields) as Fields);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function codeIn(text: string | undefined): string | undefined {
  try {
    return (JSON.parse(text ?? '') as { readonly code?: string } | null)?.code;
  } catch {
    return undefined;
  }
}
