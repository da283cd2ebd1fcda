import { setTimeout as elapse } from 'node:timers/promises';
import { z } from 'zod';
import { campaignSchema, productListSchema, tokenSchema } from '../answer-schemas.js';
import { type RushAnswer, RushClient } from './rush-client.js';
import {
  durationMs,
  favouritesOf,
  planRush,
  type RushCustomer,
  type RushSize,
  wishesOf,
} from './rush-plan.js';
import { RushCount, type RushTally } from './rush-tally.js';
import { type RushProduct, type RushStage, RushVisit } from './rush-visit.js';

/** `IDLE`: there was none yet. `STOPPED`: it was told to end before everybody had come, or could not begin. */
export type RushState = 'IDLE' | 'RUNNING' | 'STOPPED' | 'FINISHED';

export interface RushReport extends RushSize {
  readonly state: RushState;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** How many customers have come by now, and how many of them have gone again. */
  readonly arrived: number;
  readonly gone: number;
  /** Whose coupons were given away for it. */
  readonly campaignId: number | null;
  readonly tally: RushTally;
}

export interface RushDeps {
  /** Where the shop listens, once it does. */
  readonly address: () => { readonly host: string; readonly port: number };
  /** Has the sales counted, so that rankings move while somebody looks. */
  readonly countSales: () => Promise<unknown>;
  readonly onFault: (fault: unknown) => void;
  /** Hears of each when everybody has gone. */
  readonly onOver: (report: RushReport) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The operator who prepares the sale. */
const OPERATOR = 9_001;
/** Of what they want, so much is there: favourites sell out, of everything else some is left. */
const SCARCE = 0.7;
const PLENTY = 1.3;
const COUNT_EVERY_MS = 2_000;
const COUPON = { name: '반짝 세일 15% 할인', discountRate: 15, couponValidDays: 1 };
/** Of how many customers one gets a coupon. */
const CUSTOMERS_PER_COUPON = 4;
const CAMPAIGN_LASTS_MS = 600_000;

/**
 * Plays a flash sale against the shop itself, over HTTP: an operator brings pieces and a coupon campaign, then customers come,
 * charge, order, pay, and change their minds. There is one at a time, it has an end, and it asks for no more at once than a few
 * browsers would, so that the shop serves everybody else beside it.
 */
export class Rush {
  private state: RushState = 'IDLE';
  private size: RushSize = { customers: 0, products: 0, seconds: 0 };
  private startedAt: number | null = null;
  private finishedAt: number | null = null;
  private arrived = 0;
  private gone = 0;
  private campaignId: number | null = null;
  private count = new RushCount();
  private running: Promise<void> = Promise.resolve();
  private end = new AbortController();
  private isClosed = false;

  constructor(private readonly deps: RushDeps) {}

  /** Begins one, unless one is under way, or the shop is about to stop; tells of the latest one. */
  start(size: RushSize): RushReport {
    if (this.state === 'RUNNING' || this.isClosed) return this.report();
    this.state = 'RUNNING';
    this.size = size;
    this.startedAt = this.now();
    this.finishedAt = null;
    this.arrived = 0;
    this.gone = 0;
    this.campaignId = null;
    this.count = new RushCount();
    this.end = new AbortController();
    this.running = this.run(this.end.signal);
    return this.report();
  }

  /** Nobody comes any more, and who is there asks for nothing more. Resolves when all have gone. */
  async stop(): Promise<void> {
    this.end.abort();
    await this.running;
  }

  /** As {@link stop}, and there is none any more: who stops still answers requests for a while. */
  close(): Promise<void> {
    this.isClosed = true;
    return this.stop();
  }

  /** How far the latest one has come. */
  report(): RushReport {
    const { state, size, startedAt, finishedAt, arrived, gone, campaignId, count } = this;
    return {
      state,
      ...size,
      startedAt,
      finishedAt,
      arrived,
      gone,
      campaignId,
      tally: count.tally(),
    };
  }

  private async run(over: AbortSignal): Promise<void> {
    const client = new RushClient(this.deps.address());
    try {
      const plan = planRush(this.size);
      const stage = await this.prepare(client, plan, over);
      await Promise.all([this.serveAll(stage, plan, over), this.keepCounting(over)]);
      await this.countSales();
    } catch (fault) {
      this.end.abort();
      this.deps.onFault(fault);
    } finally {
      client.close();
      this.finishedAt = this.now();
      this.state = over.aborted ? 'STOPPED' : 'FINISHED';
      this.deps.onOver(this.report());
    }
  }

  /** The operator's part. */
  private async prepare(
    client: RushClient,
    plan: readonly RushCustomer[],
    over: AbortSignal,
  ): Promise<RushStage> {
    const { token } = tokenSchema.parse(
      well(await client.post('/dev/tokens', null, { userId: OPERATOR, roles: ['operator'] })),
    );
    const listed = well(await client.get(`/products?page=1&size=${this.size.products}`));
    const products = productListSchema.parse(listed).items;
    const wishes = wishesOf(plan, this.size);
    const favourites = favouritesOf(this.size);
    for (const [at, { id, stock }] of products.entries()) {
      const wanted = (wishes[at] ?? 0) * (favourites.has(at) ? SCARCE : PLENTY);
      const quantity = Math.ceil(wanted - stock);
      if (quantity > 0) {
        well(await client.post(`/admin/products/${id}/restock`, token, { quantity }));
      }
    }
    this.campaignId = await this.openCampaign(client, token);
    return {
      client,
      products: products.map(({ id, price }): RushProduct => ({ id, price })),
      campaignId: this.campaignId,
      count: this.count,
      isOver: () => over.aborted,
    };
  }

  private async openCampaign(client: RushClient, token: string): Promise<number> {
    const terms = {
      ...COUPON,
      totalQuantity: Math.ceil(this.size.customers / CUSTOMERS_PER_COUPON),
      startsAt: new Date(this.now()).toISOString(),
      endsAt: new Date(this.now() + CAMPAIGN_LASTS_MS).toISOString(),
    };
    const opened = well(await client.post('/admin/coupon-campaigns', token, terms));
    return campaignSchema.parse(opened).id;
  }

  /** Customers come in their order, whoever is still there. */
  private async serveAll(
    stage: RushStage,
    plan: readonly RushCustomer[],
    over: AbortSignal,
  ): Promise<void> {
    const began = performance.now();
    const visits: Promise<void>[] = [];
    for (const customer of plan) {
      await pause(began + customer.comesAfterMs - performance.now(), over);
      if (over.aborted) break;
      this.arrived += 1;
      visits.push(this.serve(stage, customer));
    }
    await Promise.all(visits);
  }

  private async serve(stage: RushStage, customer: RushCustomer): Promise<void> {
    try {
      await new RushVisit(stage, customer).run();
    } catch (fault) {
      this.deps.onFault(fault);
    }
    this.gone += 1;
  }

  private async keepCounting(over: AbortSignal): Promise<void> {
    const until = performance.now() + durationMs(this.size);
    while (!over.aborted && performance.now() < until) {
      await pause(COUNT_EVERY_MS, over);
      await this.countSales();
    }
  }

  /** What is not counted now is counted with the next sales. */
  private async countSales(): Promise<void> {
    try {
      await this.deps.countSales();
    } catch (fault) {
      this.deps.onFault(fault);
    }
  }

  private now(): number {
    return (this.deps.now ?? Date.now)();
  }
}

/** What the operator is told; without it there is no sale. */
function well(answer: RushAnswer): unknown {
  if (answer === null) throw new Error('the shop does not answer');
  if (answer.status >= 400) {
    const { code } = z.object({ code: z.string() }).parse(answer.body);
    throw new Error(`the sale cannot be prepared: ${code}`);
  }
  return answer.body;
}

/** Ends early, and without a fault, when all is over. */
async function pause(milliseconds: number, over: AbortSignal): Promise<void> {
  if (milliseconds <= 0) return;
  await elapse(milliseconds, undefined, { signal: over }).catch(() => undefined);
}
