import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

/** An answer of the shop, or `null` where none came. Its body is whatever JSON came. */
export type RushAnswer = { readonly status: number; readonly body: unknown } | null;

/** Connections, and so requests under way: the others wait for their turn. */
const CONNECTIONS = 32;
/** The service gives up sooner by itself. */
const PATIENCE_MS = 30_000;
const API = '/api/v1';

/** Speaks to the shop as browsers do, over a few connections of its own. */
export class RushClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

  /** `address`: where the shop listens. */
  constructor(private readonly address: { readonly host: string; readonly port: number }) {}

  get(path: string): Promise<RushAnswer> {
    return this.ask('GET', path, {}, '');
  }

  /** With an idempotency key of its own, where there is a token. */
  post(path: string, token: string | null, body: unknown = {}): Promise<RushAnswer> {
    const headers = {
      'Content-Type': 'application/json',
      ...(token === null
        ? {}
        : { Authorization: `Bearer ${token}`, 'Idempotency-Key': randomUUID() }),
    };
    return this.ask('POST', path, headers, JSON.stringify(body));
  }

  close(): void {
    this.agent.destroy();
  }

  private ask(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<RushAnswer> {
    return new Promise((resolve) => {
      const { address, agent } = this;
      const options = { ...address, agent, method, path: API + path, headers };
      const giveUp = AbortSignal.timeout(PATIENCE_MS);
      const asking = request({ ...options, signal: giveUp }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => resolve(read(answer.statusCode ?? 0, text)));
        answer.on('error', () => resolve(null));
      });
      asking.on('error', () => resolve(null));
      asking.end(body);
    });
  }
}

function read(status: number, text: string): RushAnswer {
  try {
    return { status, body: JSON.parse(text) };
  } catch {
    return null;
  }
}
