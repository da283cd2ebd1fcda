export { auditDatabase, type Shelved } from './audit-database.js';
export { processEnvironment } from './process-environment.js';
export { findBrowser } from './servers/find-browser.js';
export { type MysqlOptions, type MysqlServer, startMysql } from './servers/mysql-server.js';
export { type RedisOptions, type RedisServer, startRedis } from './servers/redis-server.js';
export {
  redisNamespace,
  sharedMysqlUrl,
  sharedRedisUrl,
  type TemporaryMysqlDatabase,
  temporaryMysqlDatabase,
} from './servers/temporary.js';
export { StatementLog } from './statement-log.js';
export {
  type Store,
  type TemporaryDatabase,
  temporaryDatabase,
  withTemporaryDatabase,
} from './temporary-database.js';
