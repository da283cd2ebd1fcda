import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from '../metrics/metrics.js';

/** The part of a log that is written to. */
export interface ManagementLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
}

/** Where a process can be looked at. */
export interface ManagementAddress {
  /** 0 takes a free one. */
  readonly port: number;
  /** Undefined: all interfaces. */
  readonly host: string | undefined;
  /** Whether somebody has chosen the port: then no other one will do. */
  readonly isPortGiven: boolean;
}

export interface ManagementDeps {
  /** Null: nothing is counted, and there is no /metrics. */
  readonly metrics: Metrics | null;
  /** Names what the process needs and cannot have now; empty when it is ready. */
  readonly findDown: () => Promise<readonly string[]>;
  readonly log: ManagementLog;
}

export interface RunningManagement {
  readonly port: number;
  stop(): Promise<void>;
}

/** The management port cannot be listened on. */
export class ManagementPortUnavailable extends Error {
  override readonly name = 'ManagementPortUnavailable';

  constructor(
    message: string,
    /** `EADDRINUSE`: the port is taken; anything else is about the host, or about who may have the port. */
    readonly code: string,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

const PATHS = ['/livez', '/readyz', '/metrics'];
const JSON_TYPE = 'application/json; charset=utf-8';
const TIMEOUTS = { headersTimeout: 5_000, requestTimeout: 10_000 };

/** What is answered: a status, a type and a text. */
type Said = readonly [status: number, type: string, text: string];

/**
 * Serves what only operators should see, on a port of its own: `/metrics`, and `/livez` and `/readyz` as on the public one.
 * A second process on one machine finds the usual port taken, and takes a free one unless the port was chosen by somebody.
 * Rejects with {@link ManagementPortUnavailable}.
 */
export async function startManagement(
  address: ManagementAddress,
  deps: ManagementDeps,
): Promise<RunningManagement> {
  const server = createServer(TIMEOUTS, (request, response) => {
    answer(request, deps).then(
      ([status, type, text]) => say(response, status, type, text),
      (fault: unknown) => {
        deps.log.warn({ err: fault }, 'the management port could not answer');
        say(response, 500, JSON_TYPE, JSON.stringify({ status: 'failed' }));
      },
    );
  });
  await listen(server, address, deps.log);
  const { port } = server.address() as AddressInfo;
  deps.log.info({ managementPort: port }, 'the management port is open');
  return {
    port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(
  server: Server,
  { port, host, isPortGiven }: ManagementAddress,
  log: ManagementLog,
): Promise<void> {
  try {
    await listenOn(server, port, host);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (isPortGiven || code !== 'EADDRINUSE') {
      const reason =
        code === 'EADDRINUSE' ? `${port} is in use` : `cannot be listened on (${code})`;
      throw new ManagementPortUnavailable(`MANAGEMENT_PORT: ${reason}`, code, { cause });
    }
    log.warn({ taken: port }, 'the usual management port is taken: a free one is used');
    await listenOn(server, 0, host);
  }
}

async function listenOn(server: Server, port: number, host: string | undefined): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

async function answer(
  { method, url = '' }: IncomingMessage,
  { metrics, findDown }: ManagementDeps,
): Promise<Said> {
  const path = url.split('?')[0] ?? '';
  if (!PATHS.includes(path) || (path === '/metrics' && metrics === null)) {
    return [404, JSON_TYPE, JSON.stringify({ status: 'not found', paths: PATHS })];
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return [405, JSON_TYPE, JSON.stringify({ status: 'method not allowed' })];
  }
  if (path === '/livez') return [200, JSON_TYPE, JSON.stringify({ status: 'alive' })];
  if (path === '/metrics' && metrics !== null) {
    return [200, metrics.contentType, await metrics.text()];
  }
  const down = await findDown();
  return down.length === 0
    ? [200, JSON_TYPE, JSON.stringify({ status: 'ready' })]
    : [503, JSON_TYPE, JSON.stringify({ status: 'not ready', down })];
}

function say(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
    ...(status === 503 ? { 'Retry-After': '1' } : {}),
  });
  response.end(text);
}
