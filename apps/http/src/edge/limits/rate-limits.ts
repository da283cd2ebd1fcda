import type { UserId } from '@jumun/domain';
import type { Refusal } from '../../problems.js';
import type { Route } from '../../routes/route.js';
import type { Exchange } from '../exchange.js';
import { RateCounter } from './rate-counter.js';
import { SharedCounting, type Tally } from './shared-counting.js';

/** Requests a second; 0: no limit. */
export interface RateLimitSettings {
  readonly perCustomer: number;
  readonly perAddress: number;
}

export interface RateLimitsOptions {
  /** None: this process counts alone. */
  readonly tally?: Tally | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** How often processes tell each other. */
  readonly tellEveryMs?: number;
}

/** Coupons are what programs want most, and one request is all that anybody needs for one. */
const COUPONS_PART = 0.5;

/** A limit that is told to whoever it is put on, in the headers of draft-ietf-httpapi-ratelimit-headers. */
interface Policy {
  readonly name: string;
  readonly counter: RateCounter;
  /** Says what the limit is. */
  readonly announced: string;
}

/** How many requests a second there may be: of a customer, of a customer who wants coupons, and from an address. */
export class RateLimits {
  private readonly customer: Policy | undefined;
  private readonly coupons: Policy | undefined;
  private readonly address: Policy | undefined;
  private readonly sharing: SharedCounting | undefined;

  constructor({ perCustomer, perAddress }: RateLimitSettings, options: RateLimitsOptions = {}) {
    const { tally, now = Date.now, tellEveryMs } = options;
    const policy = (name: string, limit: number): Policy | undefined => {
      if (limit === 0) return undefined;
      return { name, counter: new RateCounter(limit, now), announced: `"${name}";q=${limit};w=1` };
    };
    this.customer = policy('customer', perCustomer);
    this.coupons = policy('coupons', Math.ceil(perCustomer * COUPONS_PART));
    this.address = policy('address', perAddress);
    if (tally === undefined) return;
    const policies = [this.customer, this.coupons, this.address].filter(
      (each) => each !== undefined,
    );
    const counters = new Map(policies.map(({ name, counter }) => [name, counter]));
    this.sharing = new SharedCounting(counters, tally, tellEveryMs);
  }

  /** Whether addresses are limited at all. */
  get concernAddresses(): boolean {
    return this.address !== undefined;
  }

  /** Counts a request from an address; the refusal when there were too many. */
  refusalOfAddress(exchange: Exchange, address: string): Refusal | undefined {
    return this.address === undefined ? undefined : this.count(this.address, exchange, address);
  }

  /** Counts a customer's request; the refusal when there were too many. */
  refusalOfCustomer(
    exchange: Exchange,
    { isForCoupons }: Pick<Route, 'isForCoupons'>,
    userId: UserId,
  ): Refusal | undefined {
    if (this.customer === undefined) return undefined;
    const refusal = this.count(this.customer, exchange, String(userId));
    if (refusal !== undefined || isForCoupons !== true || this.coupons === undefined)
      return refusal;
    return this.count(this.coupons, exchange, String(userId));
  }

  stop(): void {
    this.sharing?.stop();
  }

  private count(policy: Policy, { headers }: Exchange, key: string): Refusal | undefined {
    const { name, counter, announced } = policy;
    const left = counter.take(key);
    const isRefused = left < 0;
    headers.push('RateLimit-Policy', announced);
    headers.push('RateLimit', `"${name}";r=${isRefused ? 0 : left};t=1`);
    if (isRefused) return { code: 'RATE_LIMITED', policy: name, limit: counter.limit };
    this.sharing?.wake(counter);
    return undefined;
  }
}
