import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';

/** The process is gone. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** When a process dies: at which of its transactions, counted from 1, and whether that is saved. */
export interface Death {
  readonly transaction: number;
  readonly when: 'BEFORE_COMMIT' | 'AFTER_COMMIT';
}

/** A process that dies as it was told to: nothing of it does anything afterwards. */
export class DyingUnitOfWork implements UnitOfWork {
  private transactions = 0;

  constructor(
    private readonly inner: UnitOfWork,
    private readonly death: Death,
  ) {}

  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.transactions += 1;
    const { transaction, when } = this.death;
    if (this.transactions > transaction) throw new Killed('killed before');
    const dies = this.transactions === transaction;
    const result = await this.inner.run(async (tx) => {
      const worked = await work(tx);
      if (dies && when === 'BEFORE_COMMIT') throw new Killed('killed before the commit');
      return worked;
    });
    if (dies) throw new Killed('killed after the commit');
    return result;
  }
}
