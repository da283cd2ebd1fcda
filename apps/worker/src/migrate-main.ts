import { Database, migrate } from '@jumun/adapters';
import { configOrExit } from './config-or-exit.js';
import { PROGRAMS } from './programs.js';
import { reasonsOf } from './reasons-of.js';

const { databaseUrl } = configOrExit(process, PROGRAMS.migrate);
const database = Database.open(databaseUrl);
try {
  await migrate(database);
  console.log('The tables are up to date.');
} catch (fault) {
  console.error(`DATABASE_URL: cannot be migrated: ${reasonsOf(fault).join(': ')}`);
  process.exitCode = 1;
} finally {
  await database.close();
}
