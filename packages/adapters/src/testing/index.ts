export { auditDatabase, type Shelved } from './audit-database.js';
export {
  type TemporaryDatabase,
  temporaryDatabase,
  withTemporaryDatabase,
} from './temporary-database.js';
