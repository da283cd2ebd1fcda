import { hash } from 'node:crypto';
import type { Idempotency } from '@jumun/application';
import { err, ok, type Result, type UserId } from '@jumun/domain';
import type { FieldError } from '../problems.js';
import type { Route } from '../routes/route.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** The key of a request whose route heeds one; undefined without one. */
export function checkKey(
  { method, access }: Pick<Route, 'method' | 'access'>,
  header: string | string[] | undefined,
): Result<string | undefined, readonly FieldError[]> {
  if (method !== 'POST' || access === 'public' || header === undefined) return ok(undefined);
  return typeof header === 'string' && KEY.test(header)
    ? ok(header)
    : err([{ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }]);
}

interface Meaning {
  readonly params: unknown;
  readonly body: unknown;
}

/** A request under a key. Its fingerprint is made when somebody asks for it: whoever is refused never needs one. */
export class KeyedRequest implements Idempotency {
  constructor(
    readonly userId: UserId,
    readonly key: string,
    private readonly route: Pick<Route, 'method' | 'path'>,
    private readonly meaning: Meaning,
  ) {}

  get fingerprint(): string {
    return fingerprint(this.route, this.meaning);
  }
}

/** The same for requests that mean the same, however their JSON is spelled. */
export function fingerprint(
  { method, path }: Pick<Route, 'method' | 'path'>,
  { params, body }: Meaning,
): string {
  return hash('sha256', canonicalJson([method, path, params, body]), 'base64url');
}

/** JSON with the fields of every object in the order of their names. */
function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  let fields = '';
  for (const name of Object.keys(value).toSorted()) {
    const content = (value as Readonly<Record<string, unknown>>)[name];
    if (content === undefined) continue;
    fields += `${fields === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(content)}`;
  }
  return `{${fields}}`;
}
