import { documentGuard } from './api/guard.js';
import { type TypedClient, typedClient } from './api/typed-client.js';

/** An answer as a client sees it. Its body is whatever JSON came. */
export interface Answer {
  readonly status: number;
  readonly body: any;
  readonly headers: Headers;
}

export interface SendOptions {
  readonly key?: string;
}

/**
 * Speaks to a shop under `/api/v1`, as one customer or, without a token, as anybody. An answer that the API's document does
 * not tell of is an error.
 */
export class Client {
  /** The same, by the types of the document. */
  readonly api: TypedClient;

  constructor(
    private readonly url: string,
    private readonly token: string | null = null,
  ) {
    this.api = typedClient(url, token);
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body?: unknown, { key }: SendOptions = {}): Promise<Answer> {
    return this.send('POST', path, body, key);
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.send('PATCH', path, body);
  }

  /** The same shop as somebody else. */
  as(token: string): Client {
    return new Client(this.url, token);
  }

  /** The same shop as this customer, through a development token. */
  async signIn(userId: number, roles: readonly string[] = []): Promise<Client> {
    const { status, body } = await this.post('/dev/tokens', { userId, roles });
    if (status !== 201) throw new Error(`no token for customer ${userId}: ${status}`);
    return this.as(String(body.token));
  }

  private async send(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    const { pathname } = new URL(response.url);
    documentGuard().check({ method, path: pathname, status, headers, text });
    return {
      status: response.status,
      body: text === '' ? null : JSON.parse(text),
      headers: response.headers,
    };
  }
}
