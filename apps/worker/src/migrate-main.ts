import { Database, migrate } from '@jumun/adapters';
import { configOrExit } from './config-or-exit.js';

const { databaseUrl } = configOrExit(process);
const database = Database.open(databaseUrl);
try {
  await migrate(database);
  console.log('The tables are up to date.');
} finally {
  await database.close();
}
