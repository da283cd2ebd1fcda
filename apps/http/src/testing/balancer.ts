import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as elapse } from 'node:timers/promises';

/** How often it looks who is ready. */
const LOOK_EVERY_MS = 50;

interface Upstream {
  readonly url: URL;
  readonly agent: Agent;
  isReady: boolean;
  answered: number;
}

/**
 * A small proxy, as may stand before any number of HTTP apps: it sends requests in turn to those whose `/readyz` says 200,
 * over connections that it keeps, and never sends one twice. What it could not get an answer to is a 502, and is noted.
 */
export class Balancer {
  /** What went wrong, a sentence each. */
  readonly failures: string[] = [];
  private readonly upstreams = new Set<Upstream>();
  private readonly server = createServer((asked, answer) => this.forward(asked, answer));
  private turn = 0;
  private isClosed = false;
  private looking: Promise<void> = Promise.resolve();

  static async start(): Promise<Balancer> {
    const balancer = new Balancer();
    balancer.server.listen(0, '127.0.0.1');
    await once(balancer.server, 'listening');
    balancer.looking = balancer.lookAgainAndAgain();
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when it was found to be ready. */
  async add(url: string): Promise<void> {
    const agent = new Agent({ keepAlive: true });
    const upstream: Upstream = { url: new URL(url), agent, isReady: false, answered: 0 };
    this.upstreams.add(upstream);
    while (!upstream.isReady && !this.isClosed) await elapse(LOOK_EVERY_MS);
  }

  /** How many requests each has answered, in the order in which they were added. */
  get answered(): readonly number[] {
    return [...this.upstreams].map(({ answered }) => answered);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.looking;
    for (const { agent } of this.upstreams) agent.destroy();
    this.server.close();
    this.server.closeAllConnections();
  }

  private async lookAgainAndAgain(): Promise<void> {
    while (!this.isClosed) {
      await Promise.all([...this.upstreams].map((upstream) => look(upstream)));
      await elapse(LOOK_EVERY_MS);
    }
  }

  private forward(asked: IncomingMessage, answer: ServerResponse): void {
    const ready = [...this.upstreams].filter(({ isReady }) => isReady);
    const upstream = ready[this.turn % ready.length];
    this.turn += 1;
    if (upstream === undefined) return this.fail(answer, 'nobody is ready');
    const { connection: _, ...headers } = asked.headers;
    const { hostname, port } = upstream.url;
    const { method, url: path } = asked;
    const forwarded = request({ agent: upstream.agent, hostname, port, method, path, headers });
    forwarded.on('response', (heard) => {
      upstream.answered += 1;
      const { connection: __, 'keep-alive': ___, ...rest } = heard.headers;
      answer.writeHead(heard.statusCode ?? 0, rest);
      heard.pipe(answer);
    });
    forwarded.on('error', (fault) => this.fail(answer, `${method} ${path}: ${fault.message}`));
    asked.pipe(forwarded);
  }

  private fail(answer: ServerResponse, failure: string): void {
    this.failures.push(failure);
    if (!answer.headersSent) answer.writeHead(502, { 'content-type': 'application/json' });
    answer.end('{}');
  }
}

async function look(upstream: Upstream): Promise<void> {
  const headers = { connection: 'close' };
  upstream.isReady = await fetch(new URL('/readyz', upstream.url), { headers }).then(
    async (heard) => {
      await heard.arrayBuffer();
      return heard.status === 200;
    },
    () => false,
  );
}
