import { randomUUID } from 'node:crypto';
import type { PortFigures } from '@jumun/adapters';
import {
  type DeliveryBacklog,
  DependencyUnavailable,
  type Shop,
  type ShopCounts,
} from '@jumun/application';
import type { ServerCounts } from '../server-counts.js';
import { type LoopFigures, LoopWatch } from './loop-watch.js';

/** How this process does, as it counts for itself. Counts only grow; whoever asks twice sees what happened between. */
export interface OverviewView {
  /** Another one after each start. */
  readonly instance: string;
  readonly startedAt: number;
  readonly now: number;
  readonly shop: ShopCounts;
  readonly server: ServerCounts;
  /** Whether `server` has requests: they may be switched off. */
  readonly isCounted: boolean;
  /** Null where the server stands on ports that do not count. */
  readonly ports: PortFigures | null;
  /** Of all processes; null while the database is away. */
  readonly backlog: DeliveryBacklog | null;
  readonly loop: LoopFigures;
  readonly memoryBytes: number;
}

export interface OverviewDeps {
  readonly shop: Shop;
  readonly server: () => ServerCounts;
  readonly isCounted: boolean;
  readonly ports?: (() => PortFigures) | undefined;
}

/** Puts together what the parts of this process have counted. Nothing is counted for it that is not counted anyway. */
export class Overview {
  private readonly instance = randomUUID();
  private readonly startedAt = Date.now();
  private readonly loop = new LoopWatch();

  constructor(private readonly deps: OverviewDeps) {}

  async read(): Promise<OverviewView> {
    const { shop, server, isCounted, ports } = this.deps;
    const backlog = await backlogOf(shop);
    return {
      instance: this.instance,
      startedAt: this.startedAt,
      now: Date.now(),
      shop: shop.counts(),
      server: server(),
      isCounted,
      ports: ports?.() ?? null,
      backlog,
      loop: this.loop.read(),
      memoryBytes: process.memoryUsage.rss(),
    };
  }

  /** Nobody will ask again. */
  close(): void {
    this.loop.stop();
  }
}

/** The rest is worth knowing most of all while the database is away. */
async function backlogOf(shop: Shop): Promise<DeliveryBacklog | null> {
  try {
    return await shop.readBacklog();
  } catch (fault) {
    if (fault instanceof DependencyUnavailable) return null;
    throw fault;
  }
}
