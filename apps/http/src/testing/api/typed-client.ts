import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { documentGuard } from './guard.js';
import type { paths } from '../../openapi/types.js';

/** A client whose types are made from the document: a path, a field or a status that is not in it does not compile. */
export type TypedClient = Client<paths>;

const guarded: Middleware = {
  async onResponse({ request, response }) {
    const { status, headers } = response;
    const { pathname: path } = new URL(request.url);
    const text = await response.clone().text();
    documentGuard().check({ method: request.method, path, status, headers, text });
  },
};

/** Speaks to the service at `url`, as whoever the token names; with none, as anybody. */
export function typedClient(url: string, token: string | null): TypedClient {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const client = createClient<paths>({ baseUrl: url, headers });
  client.use(guarded);
  return client;
}
