import { afterAll, beforeAll, beforeEach, describe, it } from '@jest/globals';
import { idSourceContract, storeContracts } from '@jumun/application/testing';
import { emptyTables } from '../testing/empty-tables.js';
import {
  type Store,
  type TemporaryDatabase,
  temporaryDatabase,
} from '../testing/temporary-database.js';
import { BlockIdSource } from './block-id-source.js';
import type { Database } from './database.js';
import { KnexQueries } from './knex-queries.js';
import { KnexUnitOfWork } from './knex-unit-of-work.js';

const STORES: readonly { readonly store: Store; readonly singleConnection: boolean }[] = [
  { store: 'sqlite', singleConnection: false },
  { store: 'sqlite', singleConnection: true },
  { store: 'mysql', singleConnection: false },
  { store: 'mysql', singleConnection: true },
];

describe.each(STORES)('$store, on a single connection: $singleConnection', (variant) => {
  let temporary: TemporaryDatabase;
  let rival: Database;
  beforeAll(async () => {
    temporary = await temporaryDatabase(variant.store, variant);
    rival = temporary.openAnother(variant);
  });
  beforeEach(() => emptyTables(temporary.database));
  afterAll(() => temporary.remove());

  for (const [port, contract] of Object.entries(storeContracts)) {
    describe(port, () => {
      for (const { sentence, check } of contract) {
        it(sentence, () =>
          check({
            unitOfWork: new KnexUnitOfWork(temporary.database),
            queries: new KnexQueries(temporary.database),
            rival: new KnexUnitOfWork(rival),
          }),
        );
      }
    });
  }

  describe('IdSource', () => {
    for (const { sentence, check } of idSourceContract) {
      it(sentence, () =>
        check({ ids: new BlockIdSource(temporary.database), rival: new BlockIdSource(rival) }),
      );
    }
  });
});
