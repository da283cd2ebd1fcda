import { logSettings } from '@jumun/adapters';
import {
  type ShopInMemory,
  shopInMemory,
  type ShopInMemoryOptions,
} from '@jumun/application/testing';
import { pino } from 'pino';
import { loadDemoData } from '../demo-data.js';
import { Authentication } from '../edge/authentication.js';
import type { SecretPolicy } from '../edge/tokens/token-policy.js';
import { EventStreams } from '../edge/event-streams.js';
import { Overview } from '../overview/overview.js';
import { PopularAnswers } from '../popular/popular-answers.js';
import { PopularEvents } from '../popular/popular-events.js';
import { routesOf } from '../routes/index.js';
import type { PagesOptions } from '../routes/pages.js';
import type { Route } from '../routes/route.js';
import { Rush } from '../rush/rush.js';
import { HttpServer, type ServerDeps } from '../server.js';
import { documentGuard } from './api/guard.js';

export const TOKEN_POLICY: SecretPolicy = {
  secret: 'a secret of thirty-two bytes or more',
  issuer: null,
  audience: null,
};

/** Pages as the build leaves them, as small as they get: the tests of the API need no build. */
export const PAGES: PagesOptions = {
  built: {
    shop: '<meta name="jumun-settings" content="" /><script src="/assets/shop-1.js"></script>',
    admin: '<meta name="jumun-settings" content="" /><script src="/assets/admin-1.js"></script>',
    assets: new Map([
      ['shop-1.js', `document.title = ${JSON.stringify('주문 '.repeat(100))};`],
      ['admin-1.js', 'document.title = "admin";'],
      ['page-1.css', 'body { margin: 0 }'],
      ['icon-1.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ]),
  },
  settings: { personas: true, tokenUrl: null, signInUrl: null },
};

export interface Call {
  readonly token?: string | null;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, where it is JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly body: any;
}

export type LogLine = Readonly<Record<string, unknown>>;

/** A server over a shop in memory, with the demo data, at noon on 17 January 2024 in Seoul. */
export interface MemoryServer extends ShopInMemory {
  readonly port: number;
  readonly server: HttpServer;
  readonly log: readonly LogLine[];
  /** Of customer 1, of customer 2, and of an operator. */
  readonly tokens: { readonly kim: string; readonly lee: string; readonly operator: string };
  readonly call: (method: string, path: string, call?: Call) => Promise<Heard>;
}

export interface ServerOptions extends ShopInMemoryOptions {
  readonly deps?: Partial<Omit<ServerDeps, 'shop' | 'logger'>>;
}

export async function openServer({ deps, ...options }: ServerOptions = {}): Promise<MemoryServer> {
  const inMemory = shopInMemory(options);
  // Over the plain store: the shop's own ports may be made to fail.
  await loadDemoData(shopInMemory({ store: inMemory.store }).ports.unitOfWork);
  const log: LogLine[] = [];
  const write = (line: string): void => {
    log.push(JSON.parse(line) as LogLine);
  };
  const server = new HttpServer({
    shop: inMemory.shop,
    probes: { database: () => inMemory.ports.queries.ping() },
    tokens: TOKEN_POLICY,
    devTokens: true,
    pages: PAGES,
    logger: pino(logSettings('http', 'info'), { write }),
    ...deps,
  });
  const port = await server.listen(0, '127.0.0.1');
  const issuer = new Authentication(TOKEN_POLICY);
  return {
    ...inMemory,
    port,
    server,
    log,
    tokens: {
      kim: await issuer.issue(1, [], 3600),
      lee: await issuer.issue(2, [], 3600),
      operator: await issuer.issue(3, ['operator'], 3600),
    },
    call: (method, path, call) => send(`http://127.0.0.1:${port}${path}`, method, call),
  };
}

async function send(url: string, method: string, call: Call = {}): Promise<Heard> {
  const { token = null, body, raw, headers } = call;
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.text();
  const { pathname } = new URL(url);
  const { status, headers: received } = response;
  documentGuard().check({ method, path: pathname, status, headers: received, text });
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as unknown) : null,
  };
}

/** The table of routes that such a server serves. */
export function routesOn({ shop }: Pick<MemoryServer, 'shop'>): readonly Route[] {
  return routesOf({
    shop,
    authentication: new Authentication(TOKEN_POLICY),
    devTokens: true,
    pages: PAGES,
    findDown: () => Promise.resolve([]),
    popularAnswers: new PopularAnswers(shop),
    popularEvents: new PopularEvents(shop, new EventStreams()),
    overview: new Overview({
      shop,
      isCounted: false,
      server: () => {
        throw new Error('there is no server');
      },
    }),
    rush: new Rush({
      address: () => ({ host: '127.0.0.1', port: 0 }),
      countSales: () => Promise.resolve(),
      onFault: () => undefined,
      onOver: () => undefined,
    }),
  });
}

/** Opens a server for the length of one test. */
export async function withServer(
  use: (server: MemoryServer) => Promise<void>,
  options?: ServerOptions,
): Promise<void> {
  const opened = await openServer(options);
  try {
    await use(opened);
  } finally {
    await opened.server.close();
  }
}

/** Expects an RFC 9457 problem that is complete, points to its page, and says nothing of the machine. */
export function problemIn(heard: Heard): unknown {
  const { status, headers, body, text } = heard;
  const whole =
    headers.get('content-type') === 'application/problem+json' &&
    body.status === status &&
    body.type === `/docs/problems/${body.code}` &&
    [body.title, body.detail].every((words) => typeof words === 'string' && words.length > 0) &&
    typeof body.instance === 'string' &&
    body.requestId === headers.get('x-request-id') &&
    !/\bat .*:\d+:\d+|node_modules|file:|SELECT |\.ts\b/.test(text) &&
    !text.includes(process.cwd());
  if (!whole) throw new Error(`not a whole problem: ${status} ${text}`);
  return body;
}

/** What the tests look at of a refusal: its status and its code. */
export function refusalIn(heard: Heard): readonly [status: number, code: string] {
  const { code } = problemIn(heard) as { readonly code: string };
  return [heard.status, code];
}
