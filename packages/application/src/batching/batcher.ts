import { err, ok, type Result } from '@jumun/domain';
import { CommitOutcomeUnknown, DependencyUnavailable } from '../ports/faults.js';

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
   * Waits for the end of the current turn of the event loop. It stands before every batch, so that what arrives in one
   * turn shares a batch, and so that a store that answers without waiting does not starve everything else.
   */
  readonly endOfTurn: () => Promise<void>;
}

/** What the batcher has done since it was made. */
export interface BatcherCounts {
  readonly queued: number;
  readonly batches: number;
  readonly items: number;
  readonly retries: number;
  readonly splits: number;
}

interface Ticket<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Result<Answer, ServiceBusy>) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Gathers items and processes them together. It clocks itself: while one batch is being processed the next one gathers,
 * so a lone item waits for nobody and a crowd shares one transaction. Items are processed in the order of arrival.
 *
 * When a batch fails as a whole it is retried once, then split in halves, so that an item that cannot be processed takes
 * none of its neighbours down. Where a retry cannot help or could do something twice, every item is told at once.
 */
export class Batcher<Item, Answer> {
  private readonly queue: Ticket<Item, Answer>[] = [];
  private working: Promise<void> | null = null;
  private closed = false;
  private batches = 0;
  private items = 0;
  private retries = 0;
  private splits = 0;

  /** `process` answers every item, in the order of the items, or rejects and has then done nothing. */
  constructor(
    private readonly process: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly options: BatcherOptions,
  ) {}

  /** Resolves once the item's batch is done. An accepted item is processed whether or not anybody waits for it. */
  submit(item: Item): Promise<Result<Answer, ServiceBusy>> {
    if (this.closed || this.queue.length >= this.options.maxQueued) {
      return Promise.resolve(err({ code: 'SERVICE_BUSY' }));
    }
    return new Promise((resolve, reject) => {
      this.queue.push({ item, resolve, reject });
      this.working ??= this.work();
    });
  }

  /** Takes nothing more, and resolves when everything accepted is done. */
  async close(): Promise<void> {
    this.closed = true;
    await this.working;
  }

  counts(): BatcherCounts {
    const { batches, items, retries, splits } = this;
    return { queued: this.queue.length, batches, items, retries, splits };
  }

  private async work(): Promise<void> {
    while (this.queue.length > 0) {
      await this.options.endOfTurn();
      await this.settle(this.queue.splice(0, this.options.maxBatch), 1);
    }
    this.working = null;
  }

  private async settle(batch: readonly Ticket<Item, Answer>[], retries: number): Promise<void> {
    this.batches += 1;
    let answers: readonly Answer[];
    try {
      answers = await this.process(batch.map(({ item }) => item));
    } catch (fault) {
      await this.recover(batch, retries, fault);
      return;
    }
    this.items += batch.length;
    for (const [at, ticket] of batch.entries()) ticket.resolve(ok(answers[at] as Answer));
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
