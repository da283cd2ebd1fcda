import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server as WebServer } from 'node:http';
import { type AddressInfo, Server } from 'node:net';
import { setTimeout as elapse } from 'node:timers/promises';
import {
  findDown,
  type PlatformSimulator,
  type PortFigures,
  type Probes,
  type Readiness,
} from '@jumun/adapters';
import type { Shop } from '@jumun/application';
import type { Logger } from 'pino';
import { appOf } from './app.js';
import { Authentication, type TokenPolicy } from './edge/authentication.js';
import { answerClientError, answerConnect } from './edge/client-error.js';
import { EventStreams } from './edge/event-streams.js';
import { RequestTally } from './edge/request-tally.js';
import { frontOf } from './front.js';
import { Overview } from './overview/overview.js';
import { PopularAnswers } from './popular/popular-answers.js';
import { PopularEvents } from './popular/popular-events.js';
import { Gate } from './edge/limits/gate.js';
import { RateLimits, type RateLimitSettings } from './edge/limits/rate-limits.js';
import type { Tally } from './edge/limits/shared-counting.js';
import { routesOf } from './routes/index.js';
import type { PagesOptions } from './routes/pages.js';
import { Rush } from './rush/rush.js';
import type { ServerCounts } from './server-counts.js';
import { warmUp } from './warm-up.js';

/** How long a stopping server waits for what it has begun. */
const CLOSE_WITHIN_MS = 10_000;

/** How long a connection may take for what; who takes longer is looked for that often. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
};

/** What is asked of whoever comes in, beside a token. */
export interface GuardSettings {
  readonly rateLimits: RateLimitSettings;
  /** Counts for all processes; none: this one counts alone. */
  readonly tally?: Tally | undefined;
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
  /** Whose pages may use the API from a browser. */
  readonly corsOrigins?: readonly string[];
  /** Milliseconds since 1970, by which requests are counted. */
  readonly now?: () => number;
}

const UNGUARDED: GuardSettings = { rateLimits: { perCustomer: 0, perAddress: 0 } };

export interface ServerDeps {
  readonly shop: Shop;
  /** What the server cannot do without, by name; a probe rejects when its thing is down. */
  readonly probes: Probes;
  readonly tokens: TokenPolicy;
  /** Whether tokens are to be had for the asking. */
  readonly devTokens: boolean;
  /** The platform that this process simulates; whoever may have tokens for the asking may look into it. */
  readonly simulator?: PlatformSimulator;
  /** For people to look at; without them, there is the API alone. */
  readonly pages?: PagesOptions | null;
  readonly logger: Logger;
  readonly closeWithinMs?: number;
  /** How long a stopping server says that it is not ready, before it takes nothing more; 0 unless told otherwise. */
  readonly graceMs?: number;
  /** Whether requests are counted; unless told otherwise, they are. */
  readonly isCounted?: boolean;
  /** Whether requests are traced; unless told otherwise, they are not. */
  readonly isTraced?: boolean;
  /** What the ports under the shop have counted, where they do. */
  readonly portFigures?: () => PortFigures;
  /** Of server-sent events. */
  readonly streams?: EventStreams;
  /** None: no limits, no other origins. */
  readonly guard?: GuardSettings;
  readonly timeouts?: Partial<typeof TIMEOUTS>;
}

/** The shop as an HTTP server. It closes the shop, but opened nothing else and so closes nothing else. */
export class HttpServer {
  private readonly server: WebServer;
  private readonly authentication: Authentication;
  private readonly limits: RateLimits;
  private readonly streams: EventStreams;
  private readonly popularAnswers: PopularAnswers;
  private readonly popularEvents: PopularEvents;
  private readonly overview: Overview;
  private readonly rush: Rush;
  private readonly tally = new RequestTally();
  private connections = 0;
  private malformed = 0;
  /** Marks the requests that we put to ourselves. */
  private readonly ownRequestId: string = randomUUID();
  private isWarmingUp = false;
  private closing: Promise<void> | null = null;
  /** Whether the next request of a client has to go elsewhere. */
  private isLeaving = false;

  constructor(private readonly deps: ServerDeps) {
    const { shop, tokens, devTokens, simulator, pages = null, logger } = deps;
    const authentication = new Authentication(tokens, {
      onFault: (fault) => logger.warn({ err: fault }, "the issuer's keys are not to be had"),
    });
    this.authentication = authentication;
    const guard = deps.guard ?? UNGUARDED;
    const limits = new RateLimits(guard.rateLimits, guard);
    this.limits = limits;
    this.streams = deps.streams ?? new EventStreams();
    this.popularAnswers = new PopularAnswers(shop);
    this.popularEvents = new PopularEvents(shop, this.streams);
    const isLeaving = (): boolean => this.isLeaving;
    this.rush = new Rush({
      address: () => this.ownAddress(),
      countSales: () => shop.rollUpSales(),
      onFault: (fault) => logger.warn({ err: fault }, 'something went wrong in the rush'),
      onOver: ({ state, tally }) => logger.info({ state, tally }, 'the rush is over'),
    });
    const { isCounted = true, isTraced = false, portFigures } = deps;
    this.overview = new Overview({
      shop,
      server: () => this.counts(),
      isCounted,
      ports: portFigures,
    });
    const routes = routesOf({
      shop,
      authentication,
      devTokens,
      ...(simulator === undefined ? {} : { simulator }),
      popularAnswers: this.popularAnswers,
      popularEvents: this.popularEvents,
      pages,
      overview: this.overview,
      rush: this.rush,
      findDown: () => this.findDown(),
    });
    const isOurs = (requestId: string): boolean => requestId === this.ownRequestId;
    const app = appOf(routes, {
      authentication,
      logger,
      refusalOfCustomer: (exchange, route, userId) =>
        isOurs(exchange.requestId) ? undefined : limits.refusalOfCustomer(exchange, route, userId),
    });
    const tally = isCounted ? this.tally : null;
    const gate = new Gate({ ...guard, limits });
    const front = frontOf({ routes, logger, tally, isTraced, isLeaving, isOurs, gate }, app);
    // The gate asks for the Host header, and answers as we do.
    const options = { ...TIMEOUTS, ...deps.timeouts, requireHostHeader: false };
    this.server = createServer(options, front);
    // Nothing here depends on an Expect header, so what it says beyond 100-continue is no reason to refuse.
    this.server.on('checkExpectation', front);
    this.server.on('clientError', (fault, socket) => {
      this.malformed += 1;
      answerClientError(fault, socket, gate.unansweredOn(socket), (refused) => {
        logger.info(refused, 'not a request');
      });
    });
    this.server.on('connect', (request, socket) => {
      answerConnect(request, socket, gate.unansweredOn(socket), (refused) => {
        logger.info({ ...refused, method: 'CONNECT' }, 'request');
      });
    });
    this.server.on('connection', (socket) => {
      this.connections += 1;
      socket.once('close', () => {
        this.connections -= 1;
      });
    });
  }

  /** Names what keeps the server from serving now; empty when it is ready. */
  findDown(): Promise<readonly string[]> {
    if (this.closing !== null || !this.server.listening) return Promise.resolve(['server']);
    return this.isWarmingUp ? Promise.resolve(['warm-up']) : findDown(this.deps.probes);
  }

  /** What the server needs, and what keeps it from serving now. */
  async readiness(): Promise<Readiness> {
    return { needed: Object.keys(this.deps.probes), down: await this.findDown() };
  }

  /** Resolves to the port; 0 asks for a free one. Rejects when it cannot be had. */
  async listen(port: number, host?: string): Promise<number> {
    await this.authentication.prepare();
    this.server.listen(port, host);
    await once(this.server, 'listening');
    const { port: chosen, address } = this.server.address() as AddressInfo;
    this.deps.logger.info({ port: chosen, address }, 'listening');
    return chosen;
  }

  /**
   * Makes a listening server as fast as it will be, and until then not ready. It costs a second or two, has no effect that
   * anybody could see, and is given up without harm where the database is away. `longestMs`: as usual unless told otherwise.
   */
  async warmUp(longestMs?: number): Promise<void> {
    const { logger, probes } = this.deps;
    const began = performance.now();
    this.isWarmingUp = true;
    try {
      const down = await findDown(probes);
      if (down.length > 0) return;
      const answered = await warmUp(
        this.ownAddress(),
        this.authentication,
        this.ownRequestId,
        longestMs,
      );
      logger.info({ answered, tookMs: Math.round(performance.now() - began) }, 'warmed up');
    } catch (fault) {
      logger.warn({ err: fault }, 'could not be warmed up');
    } finally {
      this.isWarmingUp = false;
    }
  }

  /** Where we reach ourselves. */
  private ownAddress(): { readonly host: string; readonly port: number } {
    const { address, port } = this.server.address() as AddressInfo;
    return { host: isAnyAddress(address) ? 'localhost' : address, port };
  }

  counts(): ServerCounts {
    const { connections, malformed } = this;
    return {
      popular: this.popularAnswers.counts(),
      streams: this.streams.counts(),
      requests: this.tally.counts(),
      connections,
      malformed,
    };
  }

  /**
   * Says for a while that it is not ready, and answers whoever comes all the same. Then it accepts no connections any more,
   * answers for the last time on those that are there, lets every request that has begun be answered, and closes the shop. What is not done in
   * time is cut off. Calling it again waits for the same end.
   */
  close(): Promise<void> {
    this.closing ??= this.stop();
    return this.closing;
  }

  /**
   * Gives whoever sends requests here the time to send them elsewhere. Were the idle connections closed at once, a request
   * that is on its way over one of them would be lost, and nobody may send it again. Nobody is told to come on a new
   * connection while there are still new ones: those that nobody has accepted when the port closes are lost with what they
   * carry, too.
   */
  private async takeLeave(): Promise<void> {
    const { graceMs = 0, logger } = this.deps;
    if (graceMs > 0) {
      logger.info({ graceMs }, 'not ready any more: requests are still answered');
      await elapse(graceMs);
    }
    this.isLeaving = true;
    if (graceMs === 0) return;
    // No new connections; those that are idle stay for a moment. The server's own `close` would hang up on them.
    Server.prototype.close.call(this.server);
    await elapse(Math.min(graceMs, LINGER_MS));
  }

  private async stop(): Promise<void> {
    const drained = once(this.server, 'close');
    const calm = this.rush.close();
    await this.takeLeave();
    this.limits.stop();
    this.overview.close();
    // Node itself hangs up on connections that wait for nothing; the others are told to close with their answer.
    this.server.close();
    // Streams would go on for ever.
    const silenced = this.popularEvents.close();
    const stopped = Promise.all([drained, silenced, calm]).then(() => this.deps.shop.close());
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(
      () => late.resolve('late'),
      this.deps.closeWithinMs ?? CLOSE_WITHIN_MS,
    );
    try {
      if ((await Promise.race([stopped, late.promise])) !== 'late') return;
      this.deps.logger.warn('stopping takes too long: requests under way are cut off');
      this.server.closeAllConnections();
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What a proxy has sent on a connection that it kept is read before that is closed. */
const LINGER_MS = 500;

const isAnyAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';
