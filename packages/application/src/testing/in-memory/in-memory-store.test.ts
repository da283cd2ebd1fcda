import { describe, expect, it } from '@jest/globals';
import { aStock } from '@jumun/domain/testing';
import { InMemoryStore } from './in-memory-store.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { DuplicateRow } from './table.js';

// What the in-memory store promises beyond the contracts: it is stricter than a database can be.

describe('The in-memory store', () => {
  it('refuses to save a row that the transaction has not locked', async () => {
    const unitOfWork = new InMemoryUnitOfWork(new InMemoryStore());
    await unitOfWork.run((tx) => tx.stocks.addMany([aStock()]));
    const saving = unitOfWork.run((tx) => tx.stocks.saveMany([aStock({ onHand: 1 })]));
    await expect(saving).rejects.toThrow('was not locked');
  });

  it('says which rule a row breaks', async () => {
    const unitOfWork = new InMemoryUnitOfWork(new InMemoryStore());
    const add = () => unitOfWork.run((tx) => tx.stocks.addMany([aStock()]));
    await add();
    await expect(add()).rejects.toThrow(new DuplicateRow('stock 101 is there already'));
  });

  it('goes on after a transaction that failed', async () => {
    const unitOfWork = new InMemoryUnitOfWork(new InMemoryStore());
    const failing = unitOfWork.run(() => Promise.reject(new Error('failed')));
    const next = unitOfWork.run(async () => 'next');
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('next');
  });
});
