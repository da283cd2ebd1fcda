import {
  type ApiDocument,
  operationsOf,
  type Parameter,
  type Placed,
  resolve,
  type Schema,
} from '../api/document.js';
import type { Dice } from './dice.js';

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, or whatever stands in their place. */
  readonly target: string;
  /** Names and values, as they are. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

export type Tokens = Readonly<Record<'kim' | 'lee' | 'operator', string>>;

/** Values that are right somewhere, nearly right, or wrong everywhere. */
const KNOWN_IDS = [1, 2, 3, 101, 102, 103, 501, 502, 503, 999];
const ODD_NUMBERS = [
  0,
  -1,
  -0,
  0.5,
  1e-7,
  999,
  1000,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  1e21,
  1e308,
  -(2 ** 53),
  Number.MAX_SAFE_INTEGER,
];
const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e무선',
  '👩‍👩‍👧‍👦'.repeat(50),
  "'; DROP TABLE orders; --",
  '%',
  '${7*7}',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  'x'.repeat(2_001),
  'e\u0301'.repeat(300),
  '__proto__',
  '١٢٣',
];
/** JSON that no value of a program would be written as. */
const ODD_JSON = [
  '1e400',
  '-0',
  '1.0',
  '[]',
  '{}',
  'null',
  'true',
  '"1"',
  '123456789012345678901234567890',
  `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
  `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  `"${'x'.repeat(90_000)}"`,
];
const NO_JSON = ['{', '{"a":1,}', "{'a':1}", 'NaN', '{} {}', '\0', '{"a":undefined}', '\ufeff{'];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'BREW'];

/** Requests made from the document: most are nearly right, which is where a service is hit hardest. */
export class RequestMaker {
  private readonly operations: readonly Placed[];
  private sequence = 0;

  constructor(
    private readonly document: ApiDocument,
    private readonly tokens: Tokens,
    private readonly dice: Dice,
  ) {
    // A stream is answered without an end; it has tests of its own.
    this.operations = operationsOf(document).filter(({ path }) => !path.endsWith('/events'));
  }

  next(): WireRequest {
    this.sequence += 1;
    const { dice } = this;
    const placed = dice.one(this.operations);
    const { method, operation } = placed;
    const media = operation.requestBody?.content['application/json'];
    const isRight = dice.happens(0.35);
    const hasBody = media === undefined ? dice.happens(0.05) : !dice.happens(0.05);
    const body = hasBody ? this.body(media?.schema ?? {}, isRight) : undefined;
    return {
      method: isRight || dice.happens(0.9) ? method : dice.one(METHODS),
      target: isRight || dice.happens(0.95) ? this.target(placed, isRight) : this.oddTarget(placed),
      headers: [...this.headers(body, isRight)],
      body,
    };
  }

  private target({ path, operation }: Placed, isRight: boolean): string {
    const parameters = operation.parameters.map((each) => resolve<Parameter>(this.document, each));
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const found = parameters.find((each) => each.in === 'path' && each.name === name);
      const isId = found?.schema.type === 'integer' && this.dice.happens(isRight ? 1 : 0.6);
      return isId ? String(this.dice.one(KNOWN_IDS)) : this.inUrl(found?.schema ?? {}, isRight);
    });
    const pairs = parameters
      .filter((each) => each.in === 'query' && this.dice.happens(0.4))
      .map(({ name, schema }) => `${name}=${this.inUrl(schema, isRight)}`);
    if (!isRight && this.dice.happens(0.1)) pairs.push(...pairs, 'stray=1', '&&=', '%=%');
    return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
  }

  private inUrl(schema: Schema, isRight: boolean): string {
    const value = isRight || this.dice.happens(0.5) ? this.right(schema) : this.wrong();
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return encodeURIComponent(text.toWellFormed());
  }

  /** What should not stand in a request line, or nearly should. */
  private oddTarget({ path }: Placed): string {
    return this.dice.one([
      `${path}/%`,
      `${path}/%ff`,
      `${path}/%00`,
      `${path}/../..`,
      `/${path}`,
      `${path}?${'a=1&'.repeat(500)}`,
      `${path}/${'9'.repeat(5_000)}`,
      path.toUpperCase(),
      `${path};a=b`,
      `http://elsewhere.example${path}`,
      '*',
      '//',
      '?',
      '/api/v1/%2e%2e/openapi.json',
      `${path}#fragment`,
    ]);
  }

  private *headers(
    body: string | undefined,
    isRight: boolean,
  ): Generator<readonly [string, string]> {
    const { dice, tokens } = this;
    const odd = (chance: number): boolean => !isRight && dice.happens(chance);
    const token = tokens[dice.one(['kim', 'lee', 'operator', 'operator'] as const)];
    if (odd(0.1)) yield ['Authorization', dice.one(['', 'Bearer', 'Basic a', `Bearer ${token}x`])];
    else if (isRight || dice.happens(0.9)) yield ['Authorization', `Bearer ${token}`];
    if (body !== undefined) {
      const types = ['text/plain', 'application/json;charset=x', 'multipart/form-data', ''];
      yield ['Content-Type', odd(0.08) ? dice.one(types) : 'application/json'];
      if (odd(0.03)) yield ['Content-Encoding', 'gzip'];
    }
    if (dice.happens(0.3)) {
      const keys = ['', 'a b', 'k'.repeat(300), 'k\u00e9y', '\u0001'];
      yield ['Idempotency-Key', odd(0.2) ? dice.one(keys) : `key-${dice.below(30)}`];
    }
    if (dice.happens(0.2)) {
      const ids = ['not sane', 'x'.repeat(200), '<b>', '', `fuzz-${this.sequence}`];
      yield ['X-Request-Id', dice.one(ids)];
    }
    if (odd(0.05)) yield* this.attack();
  }

  private *attack(): Generator<readonly [string, string]> {
    const attacks: readonly (readonly (readonly [string, string])[])[] = [
      [['Host', 'elsewhere.example']],
      [['Transfer-Encoding', 'chunked, identity']],
      [['Content-Length', '-1']],
      [
        ['Content-Length', '5'],
        ['Content-Length', '6'],
      ],
      [
        ['X-Forwarded-For', '127.0.0.1, ::1'],
        ['X-HTTP-Method-Override', 'DELETE'],
      ],
      [['Expect', 'the-unexpected']],
      [['Connection', 'Authorization, keep-alive']],
      [
        ['Range', 'bytes=0-0'],
        ['If-None-Match', '*'],
        ['Accept-Encoding', 'br;q=x, ,*;q=0'],
      ],
      [['Cookie', 'a=b; '.repeat(500)]],
      [['X-Long', 'x'.repeat(20_000)]],
      [['Bad Name', '1']],
      [
        ['__proto__', '1'],
        ['constructor', '1'],
      ],
      [
        ['Upgrade', 'websocket'],
        ['Connection', 'Upgrade'],
      ],
    ];
    yield* this.dice.one(attacks);
  }

  private body(schema: Schema, isRight: boolean): string {
    const { dice } = this;
    if (isRight) return JSON.stringify(this.right(schema));
    if (dice.happens(0.05)) return dice.one(NO_JSON);
    if (dice.happens(0.02)) return `{"a":"${'x'.repeat(150_000)}"}`;
    if (dice.happens(0.05)) return dice.one(ODD_JSON);
    const fields = Object.entries(this.right(schema) ?? {}).map(
      ([name, value]): [string, string] => [name, JSON.stringify(value)],
    );
    const at = dice.below(fields.length + 1);
    const field = fields[at];
    if (field === undefined) fields.push(['stray', JSON.stringify(this.wrong())]);
    else {
      const fate = dice.roll();
      if (fate < 0.1) fields.splice(at, 1);
      else if (fate < 0.2) fields.push([field[0], this.wrongJson()]);
      else field[1] = this.wrongJson();
    }
    return `{${fields.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join()}}`;
  }

  private wrongJson(): string {
    return this.dice.happens(0.2) ? this.dice.one(ODD_JSON) : JSON.stringify(this.wrong());
  }

  private wrong(): unknown {
    const { dice } = this;
    const kinds = [ODD_NUMBERS, ODD_TEXTS, [null, true, [], {}, [null], { a: [] }]];
    return dice.one<unknown>(dice.one<readonly unknown[]>(kinds));
  }

  /** A value that fits the schema, often one at the edge of what does. */
  private right(schema: Schema): unknown {
    const { dice } = this;
    const found = resolve<Schema>(this.document, schema);
    if (found.anyOf !== undefined) return this.right(dice.one(found.anyOf));
    if (found.const !== undefined) return found.const;
    if (found.enum !== undefined) return dice.one(found.enum);
    const [type] = [found.type].flat();
    if (type === 'object') return this.rightObject(found);
    if (type === 'array') {
      const { items = {}, minItems = 0, maxItems = 3 } = found;
      const length = Math.min(minItems + dice.below(3), maxItems);
      return Array.from({ length }, () => this.right(items));
    }
    if (type === 'integer' || type === 'number') return this.rightNumber(found);
    if (type === 'boolean') return dice.happens(0.5);
    return type === 'null' ? null : this.rightText(found);
  }

  private rightObject({ properties = {}, required = [] }: Schema): object {
    const given = Object.entries(properties).filter(
      ([name]) => required.includes(name) || this.dice.happens(0.3),
    );
    return Object.fromEntries(given.map(([name, part]) => [name, this.right(part)]));
  }

  private rightNumber({ minimum, exclusiveMinimum, maximum }: Schema): number {
    const { dice } = this;
    const least = minimum ?? (exclusiveMinimum ?? 0) + 1;
    const most = maximum ?? Number.MAX_SAFE_INTEGER;
    const ids = KNOWN_IDS.filter((id) => id >= least && id <= most);
    const edges = dice.happens(0.1) ? [least, most] : ids.slice(0, 7);
    return dice.one(edges.length === 0 ? [least] : edges);
  }

  private rightText({ format, maxLength = 20, minLength = 0 }: Schema): string {
    const { dice } = this;
    if (format === 'date-time') {
      return dice.one([
        '2024-01-01T00:00:00Z',
        '2100-01-01T09:00:00+09:00',
        '2023-12-31T23:59:59Z',
      ]);
    }
    const texts = ['마우스', '이어폰', 'x', '👩‍👩‍👧‍👦', 'x'.repeat(Math.min(maxLength, 300))];
    return dice.one(texts.filter(({ length }) => length <= maxLength && length >= minLength));
  }
}
