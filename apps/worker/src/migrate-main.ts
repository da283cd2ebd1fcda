import { Database, migrate } from '@jumun/adapters';
import { configOrExit } from './config-or-exit.js';

const { databaseUrl } = configOrExit(process);
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

/** What went wrong, and because of what. */
function reasonsOf(fault: unknown): readonly string[] {
  return fault instanceof Error ? [fault.message, ...reasonsOf(fault.cause)] : [];
}
