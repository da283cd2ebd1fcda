import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlatformSimulator } from '@jumun/adapters';
import type { Shop } from '@jumun/application';
import type { Logger } from 'pino';
import { appOf } from './app.js';
import { Authentication, type TokenPolicy } from './edge/authentication.js';
import { answerClientError } from './edge/client-error.js';
import { findDown, type Probes } from './edge/readiness.js';
import { EventStreams, type EventStreamsCounts } from './edge/event-streams.js';
import { frontOf } from './front.js';
import { PopularAnswers, type PopularAnswersCounts } from './popular/popular-answers.js';
import { PopularEvents } from './popular/popular-events.js';
import { Gate } from './edge/limits/gate.js';
import { RateLimits, type RateLimitSettings } from './edge/limits/rate-limits.js';
import type { Tally } from './edge/limits/shared-counting.js';
import { routesOf } from './routes/index.js';
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
  readonly logger: Logger;
  readonly closeWithinMs?: number;
  /** Of server-sent events. */
  readonly streams?: EventStreams;
  /** None: no limits, no other origins. */
  readonly guard?: GuardSettings;
  readonly timeouts?: Partial<typeof TIMEOUTS>;
}

/** What the server itself has done; the rest is told by `Shop.counts`. */
export interface ServerCounts {
  readonly popular: PopularAnswersCounts;
  readonly streams: EventStreamsCounts;
}

/** The shop as an HTTP server. It closes the shop, but opened nothing else and so closes nothing else. */
export class HttpServer {
  private readonly server: Server;
  private readonly authentication: Authentication;
  private readonly limits: RateLimits;
  private readonly streams: EventStreams;
  private readonly popularAnswers: PopularAnswers;
  private readonly popularEvents: PopularEvents;
  /** Marks the requests that we put to ourselves. */
  private readonly ownRequestId: string = randomUUID();
  private isWarmingUp = false;
  private closing: Promise<void> | null = null;

  constructor(private readonly deps: ServerDeps) {
    const { shop, tokens, devTokens, simulator, logger, probes } = deps;
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
    const isClosing = (): boolean => this.closing !== null;
    const routes = routesOf({
      shop,
      authentication,
      devTokens,
      ...(simulator === undefined ? {} : { simulator }),
      popularAnswers: this.popularAnswers,
      popularEvents: this.popularEvents,
      findDown: () => {
        if (isClosing()) return Promise.resolve(['server']);
        return this.isWarmingUp ? Promise.resolve(['warm-up']) : findDown(probes);
      },
    });
    const isOurs = (requestId: string): boolean => requestId === this.ownRequestId;
    const app = appOf(routes, {
      authentication,
      logger,
      refusalOfCustomer: (exchange, route, userId) =>
        isOurs(exchange.requestId) ? undefined : limits.refusalOfCustomer(exchange, route, userId),
    });
    const gate = new Gate({ ...guard, limits });
    const front = frontOf({ routes, logger, isClosing, isOurs, gate }, app);
    this.server = createServer({ ...TIMEOUTS, ...deps.timeouts }, front);
    // Nothing here depends on an Expect header, so what it says beyond 100-continue is no reason to refuse.
    this.server.on('checkExpectation', front);
    this.server.on('clientError', answerClientError);
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
   * anybody could see, and is given up without harm where the database is away.
   */
  async warmUp(): Promise<void> {
    const { logger, probes } = this.deps;
    const { address, port } = this.server.address() as AddressInfo;
    const began = performance.now();
    this.isWarmingUp = true;
    try {
      const down = await findDown(probes);
      if (down.length > 0) return;
      const host = isAnyAddress(address) ? 'localhost' : address;
      const answered = await warmUp({ host, port }, this.authentication, this.ownRequestId);
      logger.info({ answered, tookMs: Math.round(performance.now() - began) }, 'warmed up');
    } catch (fault) {
      logger.warn({ err: fault }, 'could not be warmed up');
    } finally {
      this.isWarmingUp = false;
    }
  }

  counts(): ServerCounts {
    return { popular: this.popularAnswers.counts(), streams: this.streams.counts() };
  }

  /**
   * Accepts nothing more, lets every request that has begun be answered, then closes the shop. What is not done in time is
   * cut off. Calling it again waits for the same end.
   */
  close(): Promise<void> {
    this.closing ??= this.stop();
    return this.closing;
  }

  private async stop(): Promise<void> {
    this.limits.stop();
    // Node itself hangs up on connections that wait for nothing; the others are told to close with their answer.
    const drained = new Promise<void>((resolve) => this.server.close(() => resolve()));
    // Streams would go on for ever.
    const silenced = this.popularEvents.close();
    const stopped = Promise.all([drained, silenced]).then(() => this.deps.shop.close());
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

const isAnyAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';
