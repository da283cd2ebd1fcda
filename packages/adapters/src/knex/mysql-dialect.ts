import { type Connection, format } from 'mysql2';
import { faultOf } from './mysql-faults.js';
import { MysqlSession } from './mysql-session.js';
import { LOCK_WAIT_SECONDS } from './mysql-wire.js';
import type { SqlDialect, TableDefinition } from './sql-dialect.js';
import type { SqlValue } from './sql-session.js';

/** Connections of one pool. A batch uses one of them, so a few serve many customers. */
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 3_000;
const ACQUIRE_TIMEOUT_MS = 5_000;
/** A longer text does not fit into a row beside the others. */
const LONGEST_VARCHAR = 4_000;

/** How long a process waits for another one that migrates. */
const MIGRATION_WAIT_SECONDS = 5;

const SETTINGS = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}, time_zone = '+00:00',
   sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'`,
];

/** DDL is no part of a transaction here, so whoever migrates holds a named lock, which ends with its connection. */
const MIGRATION_LOCK = {
  take: `SELECT GET_LOCK(CONCAT('jumun.migrate.', DATABASE()), ${MIGRATION_WAIT_SECONDS}) AS taken`,
  release: `SELECT RELEASE_LOCK(CONCAT('jumun.migrate.', DATABASE()))`,
};

/** MySQL 8 and MariaDB 10.6 or newer, at `mysql://user:password@host:port/database`. */
export function mysqlDialect(url: URL): SqlDialect {
  return {
    knexConfig: {
      client: 'mysql2',
      connection: {
        host: url.hostname,
        port: Number(url.port || 3306),
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        database: decodeURIComponent(url.pathname.slice(1)),
        charset: 'utf8mb4',
        timezone: 'Z',
        supportBigNumbers: true,
        connectTimeout: CONNECT_TIMEOUT_MS,
        queryFormat: formatStatement,
      },
      pool: { min: 0, max: POOL_SIZE, afterCreate: prepareConnection },
      acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
    },
    // On the batches' own connections only: nowhere else is a statement made of several.
    writerConnection: { multipleStatements: true },
    separateReads: true,
    columns: {
      integer: 'BIGINT',
      flag: 'TINYINT',
      text: (length) => (length > LONGEST_VARCHAR ? 'MEDIUMTEXT' : `VARCHAR(${length})`),
    },
    createTable,
    findIndex: `SELECT index_name AS name FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ?`,
    beginSnapshot: [
      'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
      'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
    ],
    migrationLock: MIGRATION_LOCK,
    session: (connection) => new MysqlSession(connection as Connection),
    faultOf,
  };
}

function prepareConnection(
  connection: Connection,
  done: (error: Error | null, connection: Connection) => void,
): void {
  const session = new MysqlSession(connection);
  Promise.all(SETTINGS.map((setting) => session.run(setting))).then(
    () => done(null, connection),
    (fault: unknown) => done(fault as Error, connection),
  );
}

/** The driver would look for places in a statement that has none, and the texts of a batch are long. */
const formatStatement = (sql: string, values: readonly SqlValue[]): string =>
  values.length === 0 ? sql : format(sql, [...values], false, 'Z');

/** DDL commits by itself here, so the whole table is made by one statement that may be run again. */
const createTable = ({ name, columns, indexes }: TableDefinition): readonly string[] => {
  const keys = Object.entries(indexes).map(([index, over]) => `INDEX ${index} (${over})`);
  return [
    `CREATE TABLE IF NOT EXISTS ${name} (${[...columns, ...keys].join(', ')})
     ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin`,
  ];
};
