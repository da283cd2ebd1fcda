import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';

/** Rolls every work back once, as a deadlock does, and then runs it again as a whole. */
export class RerunningUnitOfWork implements UnitOfWork {
  constructor(private readonly inner: UnitOfWork) {}

  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const deadlock = new Error('deadlock');
    try {
      await this.inner.run(async (tx) => {
        await work(tx);
        throw deadlock;
      });
    } catch (fault) {
      if (fault !== deadlock) throw fault;
    }
    return this.inner.run(work);
  }
}
