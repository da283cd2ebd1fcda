import { err, ok, type Result } from '@jumun/domain';
import { CommitOutcomeUnknown, DependencyUnavailable } from '../ports/faults.js';
import type { BatchTracer } from './batch-tracer.js';
import { Distribution, type DistributionSnapshot, SIZES, TIMES_MS } from './distribution.js';
import { FairQueue } from './fair-queue.js';

/** A bounded queue is full, or the shop is closing: try again later. */
export interface ServiceBusy {
  readonly code: 'SERVICE_BUSY';
}

export interface BatcherOptions {
  /** The most items that share a batch. */
  readonly maxBatch: number;
  /** The most items that wait; one more is refused at once. */
  readonly maxQueued: number;
  /**
   * How long items may have to wait before what begins something is refused, in milliseconds: a crowd that comes once is
   * taken whole, one that goes on coming is not. Counts only while more than two batches wait. Needs a `stopwatch`.
   */
  readonly maxWaitMs?: number;
  /** The most items of one owner that wait; without it they may have the whole queue. */
  readonly maxQueuedEach?: number;
  /**
   * Waits for the end of the current turn of the event loop. It stands before every batch, so that what arrives in one
   * turn shares a batch, and so that a store that answers without waiting does not starve everything else.
   */
  readonly endOfTurn: () => Promise<void>;
  /** Milliseconds by a clock that only goes forward; without it no times are measured. */
  readonly stopwatch?: () => number;
  /** What the batches are called where they are traced. */
  readonly name?: string;
  /** Without it nothing is traced. */
  readonly tracer?: BatchTracer;
}

/** How an item stands in line. */
export interface Standing {
  /** Whose it is: owners with many items take turns with the others. Null: nobody's. */
  readonly owner: unknown;
  /** Whether it begins what later items must finish: it is refused while there is still room for those. */
  readonly begins: boolean;
}

/** What the batcher has done since it was made. */
export interface BatcherCounts {
  /** Items that wait now. */
  readonly queued: number;
  readonly batches: number;
  /** Items that were processed. */
  readonly items: number;
  /** Items that were refused because too many waited. */
  readonly refused: number;
  readonly retries: number;
  readonly splits: number;
  /** Items in a batch. */
  readonly batchSize: DistributionSnapshot;
  /** How long items waited for their batch to begin, in milliseconds. */
  readonly waitMs: DistributionSnapshot;
  /** How long batches took, in milliseconds. */
  readonly workMs: DistributionSnapshot;
}

/** What begins something may fill so much of the queue; the rest is for what finishes it. */
const SHARE_FOR_BEGINNINGS = 0.75;

const NOBODY: Standing = { owner: null, begins: false };

interface Ticket<Item, Answer> {
  readonly item: Item;
  readonly since: number;
  /** See {@link BatchTracer}. */
  readonly followed: unknown;
  readonly resolve: (answer: Result<Answer, ServiceBusy>) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Gathers items and processes them together. It clocks itself: while one batch is being processed the next one gathers,
 * so a lone item waits for nobody and a crowd shares one transaction. Items are processed in the order of arrival, and
 * where they do not all fit into one batch, owners take turns.
 *
 * When a batch fails as a whole it is retried once, then split in halves, so that an item that cannot be processed takes
 * none of its neighbours down. Where a retry cannot help or could do something twice, every item is told at once.
 */
export class Batcher<Item, Answer> {
  private readonly queue = new FairQueue<Ticket<Item, Answer>>();
  private readonly batchSize = new Distribution(SIZES);
  private readonly waitMs = new Distribution(TIMES_MS);
  private readonly workMs = new Distribution(TIMES_MS);
  private readonly stopwatch: () => number;
  private working: Promise<void> | null = null;
  private closed = false;
  private batches = 0;
  private items = 0;
  private refused = 0;
  /** How long the first of the latest batch had waited. */
  private lastWaitMs = 0;
  private retries = 0;
  private splits = 0;

  /** `process` answers every item, in the order of the items, or rejects and has then done nothing. */
  constructor(
    private readonly process: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly options: BatcherOptions,
  ) {
    this.stopwatch = options.stopwatch ?? (() => 0);
  }

  /** Resolves once the item's batch is done. An accepted item is processed whether or not anybody waits for it. */
  submit(item: Item, { owner, begins } = NOBODY): Promise<Result<Answer, ServiceBusy>> {
    const { maxQueuedEach = Number.POSITIVE_INFINITY } = this.options;
    if (this.isBusy(begins) || (owner !== null && this.queue.lengthOf(owner) >= maxQueuedEach)) {
      this.refused += 1;
      return Promise.resolve(err({ code: 'SERVICE_BUSY' }));
    }
    return new Promise((resolve, reject) => {
      const followed = this.options.tracer?.follow();
      this.queue.push({ item, since: this.stopwatch(), followed, resolve, reject }, owner);
      this.working ??= this.work();
    });
  }

  /** Whether an item would be refused now, whoever's it is: one that begins something, or any. */
  isBusy(begins: boolean): boolean {
    const { maxQueued } = this.options;
    const most = begins ? Math.ceil(maxQueued * SHARE_FOR_BEGINNINGS) : maxQueued;
    return this.closed || this.queue.length >= most || (begins && this.isLate());
  }

  private isLate(): boolean {
    const { maxWaitMs = Number.POSITIVE_INFINITY, maxBatch } = this.options;
    return this.lastWaitMs > maxWaitMs && this.queue.length > 2 * maxBatch;
  }

  /** Takes nothing more, and resolves when everything accepted is done. */
  async close(): Promise<void> {
    this.closed = true;
    await this.working;
  }

  counts(): BatcherCounts {
    const { batches, items, refused, retries, splits } = this;
    return {
      queued: this.queue.length,
      batches,
      items,
      refused,
      retries,
      splits,
      batchSize: this.batchSize.toSnapshot(),
      waitMs: this.waitMs.toSnapshot(),
      workMs: this.workMs.toSnapshot(),
    };
  }

  private async work(): Promise<void> {
    while (this.queue.length > 0) {
      await this.options.endOfTurn();
      const batch = this.queue.take(this.options.maxBatch);
      const began = this.stopwatch();
      this.batchSize.add(batch.length);
      this.lastWaitMs = began - Math.min(...batch.map(({ since }) => since));
      for (const { since } of batch) this.waitMs.add(began - since);
      await this.settle(batch, 1);
      this.workMs.add(this.stopwatch() - began);
    }
    this.working = null;
  }

  private async settle(batch: readonly Ticket<Item, Answer>[], retries: number): Promise<void> {
    this.batches += 1;
    let answers: readonly Answer[];
    try {
      answers = await this.processTraced(batch);
    } catch (fault) {
      await this.recover(batch, retries, fault);
      return;
    }
    this.items += batch.length;
    for (const [at, ticket] of batch.entries()) ticket.resolve(ok(answers[at] as Answer));
  }

  private processTraced(batch: readonly Ticket<Item, Answer>[]): Promise<readonly Answer[]> {
    const items = batch.map(({ item }) => item);
    const { tracer, name = 'batch' } = this.options;
    if (tracer === undefined) return this.process(items);
    const followed = batch.flatMap((ticket) => ticket.followed ?? []);
    return tracer.run(name, followed, items.length, () => this.process(items));
  }

  private async recover(
    batch: readonly Ticket<Item, Answer>[],
    retries: number,
    fault: unknown,
  ): Promise<void> {
    if (fault instanceof DependencyUnavailable || fault instanceof CommitOutcomeUnknown) {
      for (const { reject } of batch) reject(fault);
    } else if (retries > 0) {
      this.retries += 1;
      await this.settle(batch, retries - 1);
    } else if (batch.length > 1) {
      this.splits += 1;
      const half = Math.ceil(batch.length / 2);
      await this.settle(batch.slice(0, half), 0);
      await this.settle(batch.slice(half), 0);
    } else {
      for (const { reject } of batch) reject(fault);
    }
  }
}
