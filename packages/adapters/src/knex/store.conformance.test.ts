import { describe, it } from '@jest/globals';
import { idSourceContract, storeContracts } from '@jumun/application/testing';
import { withTemporaryDatabase } from '../testing/temporary-database.js';
import { BlockIdSource } from './block-id-source.js';
import { KnexQueries } from './knex-queries.js';
import { KnexUnitOfWork } from './knex-unit-of-work.js';

const POOLS = [
  { name: 'with a connection for reads', singlePool: false },
  { name: 'with a pool of one connection', singlePool: true },
];

describe.each(POOLS)('SQLite, $name', ({ singlePool }) => {
  for (const [port, contract] of Object.entries(storeContracts)) {
    describe(port, () => {
      for (const { sentence, check } of contract) {
        it(sentence, () =>
          withTemporaryDatabase(
            async ({ database, openAnother }) => {
              const rival = new KnexUnitOfWork(openAnother({ singlePool }));
              const unitOfWork = new KnexUnitOfWork(database);
              await check({ unitOfWork, queries: new KnexQueries(database), rival });
            },
            { singlePool },
          ),
        );
      }
    });
  }

  describe('IdSource', () => {
    for (const { sentence, check } of idSourceContract) {
      it(sentence, () =>
        withTemporaryDatabase(
          async ({ database, openAnother }) => {
            const rival = new BlockIdSource(openAnother({ singlePool }));
            await check({ ids: new BlockIdSource(database), rival });
          },
          { singlePool },
        ),
      );
    }
  });
});
