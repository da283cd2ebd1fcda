import type { Method } from './document.js';

/** What is put into a request, of whatever operation. */
export interface Given {
  readonly path?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** The request as `fetch` takes it. Cookies are never sent: the token is the only credential. */
export function requestOf(
  method: Method,
  path: string,
  { path: parameters = {}, query = {}, body }: Given,
  { key, token }: { readonly key: string | null; readonly token: string | null },
): { readonly url: string; readonly init: RequestInit } {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token !== null) headers['Authorization'] = `Bearer ${token}`;
  if (key !== null) headers['Idempotency-Key'] = key;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return {
    url: urlOf(path, parameters, query),
    init: {
      method: method.toUpperCase(),
      headers,
      credentials: 'omit',
      // What somebody else may keep for a moment is asked for anew here, by its ETag: who reads again wants to know what is new.
      cache: 'no-cache',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  };
}

/** The path with its parameters filled in, and the query without what is left out. */
function urlOf(
  path: string,
  parameters: Readonly<Record<string, string | number>>,
  query: Readonly<Record<string, unknown>>,
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parameters[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string' || typeof value === 'number') search.set(name, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
}
