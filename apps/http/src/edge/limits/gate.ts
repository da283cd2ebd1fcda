import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../../problems.js';
import type { Exchange } from '../exchange.js';
import { invalid } from '../validation.js';
import { addressReader } from './client-address.js';
import { Cors } from './cors.js';
import { Pipelines } from './pipelines.js';
import type { RateLimits } from './rate-limits.js';

/** RFC 9110, section 4.1, recommends to take at least 8,000 octets. */
export const MAX_URL_LENGTH = 8_000;
/** No route has a tenth of it. */
export const MAX_QUERY_PARAMETERS = 50;

/** Whoever watches over us asks often, and is to be answered whatever happens. */
const UNLIMITED: ReadonlySet<string> = new Set(['/livez', '/readyz']);
export const isUnlimited = (path: string): boolean => UNLIMITED.has(path);

const TOO_MANY_PARAMETERS = `must have at most ${MAX_QUERY_PARAMETERS} parameters`;

export interface GateOptions {
  readonly limits: RateLimits;
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly corsOrigins?: readonly string[] | undefined;
}

/** What every request is asked before anything is done for it. It costs next to nothing. */
export class Gate {
  private readonly limits: RateLimits;
  private readonly cors: Cors;
  private readonly pipelines = new Pipelines();
  private readonly addressOf: (request: IncomingMessage) => string;

  constructor({ limits, trustedProxies = [], corsOrigins = [] }: GateOptions) {
    this.limits = limits;
    this.cors = new Cors(corsOrigins);
    this.addressOf = addressReader(trustedProxies);
  }

  /** Notes the headers of the answer, whatever it will be; returns why it is a refusal, if it is one already. */
  refusalOf(exchange: Exchange, query: string): Refusal | undefined {
    const { request, response, path, headers } = exchange;
    headers.push(...this.cors.headersFor(request));
    if (lacksHost(request)) return { code: 'MALFORMED_REQUEST' };
    if (path.length + query.length >= MAX_URL_LENGTH) {
      return { code: 'URI_TOO_LONG', limit: MAX_URL_LENGTH };
    }
    if (hasTooManyParameters(query))
      return invalid({ path: 'query', message: TOO_MANY_PARAMETERS });
    if (this.pipelines.isOneTooMany(request.socket, response)) {
      return { code: 'RATE_LIMITED', policy: 'connection', limit: this.pipelines.most };
    }
    if (!this.limits.concernAddresses || isUnlimited(path)) return undefined;
    return this.limits.refusalOfAddress(exchange, this.addressOf(request));
  }

  /** What is still to be sent on a connection, in this order. */
  unansweredOn(socket: Duplex): readonly ServerResponse[] {
    return this.pipelines.unansweredOn(socket);
  }
}

/** RFC 9112, section 3.2. Node would refuse it as well, but with an empty answer. */
const lacksHost = ({ httpVersion, headers }: IncomingMessage): boolean =>
  headers.host === undefined && httpVersion === '1.1';

function hasTooManyParameters(query: string): boolean {
  if (query.length < MAX_QUERY_PARAMETERS) return false;
  let parameters = 1;
  for (let at = query.indexOf('&'); at >= 0; at = query.indexOf('&', at + 1)) parameters += 1;
  return parameters > MAX_QUERY_PARAMETERS;
}
