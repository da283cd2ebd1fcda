import { DependencyUnavailable } from '@jumun/application';
import createKnex, { type Knex } from 'knex';
import { mysqlDialect } from './mysql-dialect.js';
import type { SqlDialect } from './sql-dialect.js';
import type { SqlSession } from './sql-session.js';
import { sqliteDialect } from './sqlite-dialect.js';

export interface DatabaseOptions {
  /** A read-only copy of the database, which may lag behind: for browsing. */
  readonly replicaUrl?: string;
  /** Everything shares one connection. */
  readonly singleConnection?: boolean;
}

const SQLITE = 'sqlite://';

/** How long a replica that was away is left alone. */
const REPLICA_PAUSE_MS = 5_000;

/** Whatever Knex would print, it also throws. */
const SILENT = { warn() {}, error() {}, deprecate() {}, debug() {} };

/** The parts of a Knex client that hand out pooled connections. */
interface ConnectionPool {
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): Promise<void>;
}

/** Connection pools over one database. */
interface Pools {
  readonly writer: Knex;
  readonly reader: Knex;
  /** The replica's, where there is one. */
  readonly replica: Knex | null;
}

/** An open database: Knex owns its pools and migrations, our statements run on the connections that it hands out. */
export class Database {
  private replicaAwayUntil = 0;

  private constructor(
    private readonly url: string,
    readonly dialect: SqlDialect,
    private readonly pools: Pools,
  ) {}

  /** Opens `sqlite://PATH`, `sqlite://:memory:` or `mysql://user:password@host:port/name`. Connects when it is first used. */
  static open(url: string, options: DatabaseOptions = {}): Database {
    const { replicaUrl, singleConnection = false } = options;
    const dialect = dialectOf(url);
    const writer = openPool(dialect, { singleConnection, writes: true });
    const shared = singleConnection || !dialect.separateReads;
    const reader = shared ? writer : openPool(dialect);
    const replica = replicaUrl === undefined ? null : openPool(dialectOf(replicaUrl));
    return new Database(url, dialect, { writer, reader, replica });
  }

  /** Knex itself, for migrations. */
  get knex(): Knex {
    return this.pools.writer;
  }

  /** Whether the database is a part of this process, and not a server. */
  get isEmbedded(): boolean {
    return this.url.startsWith(SQLITE);
  }

  /** Whether what {@link browse} finds may be older than what was committed. */
  get browsesReplica(): boolean {
    return this.pools.replica !== null;
  }

  /** More connections to the same database, closed by whoever asked for them. */
  another(): Database {
    return Database.open(this.url);
  }

  /** Runs `use` on a connection for reads: everything that was committed is there. */
  read<T>(use: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.onConnection(this.pools.reader, use);
  }

  /** Runs `use` on a connection for reads, where everything is as it was at one moment, and as it was committed. */
  readSnapshot<T>(use: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.read(async (session) => {
      for (const statement of this.dialect.beginSnapshot) await session.run(statement);
      try {
        return await use(session);
      } finally {
        await session.run('COMMIT');
      }
    });
  }

  /** Runs `use` on the replica, and where there is none, or it is away, as {@link read} does. */
  async browse<T>(use: (session: SqlSession) => Promise<T>): Promise<T> {
    const { replica } = this.pools;
    if (replica === null || performance.now() < this.replicaAwayUntil) return this.read(use);
    try {
      return await this.onConnection(replica, use);
    } catch (fault) {
      if (!(fault instanceof DependencyUnavailable)) throw fault;
      this.replicaAwayUntil = performance.now() + REPLICA_PAUSE_MS;
      return this.read(use);
    }
  }

  /** Runs `use` on a connection for writes, outside any transaction of ours. */
  write<T>(use: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.onConnection(this.pools.writer, use);
  }

  async close(): Promise<void> {
    const { writer, reader, replica } = this.pools;
    const pools = new Set([writer, reader, ...(replica === null ? [] : [replica])]);
    await Promise.all([...pools].map((pool) => pool.destroy()));
  }

  private async onConnection<T>(pool: Knex, use: (session: SqlSession) => Promise<T>): Promise<T> {
    const client = pool.client as ConnectionPool;
    const connection = await acquire(client);
    try {
      return await use(this.dialect.session(connection));
    } catch (fault) {
      throw this.dialect.faultOf(fault) === 'UNAVAILABLE'
        ? new DependencyUnavailable('the database is away', { cause: fault })
        : fault;
    } finally {
      await client.releaseConnection(connection);
    }
  }
}

function openPool(
  { knexConfig, writerConnection }: SqlDialect,
  { singleConnection = false, writes = false } = {},
): Knex {
  const own = writes ? writerConnection : {};
  const connection = { ...(knexConfig.connection as object), ...own };
  const pool = singleConnection ? { ...knexConfig.pool, min: 0, max: 1 } : knexConfig.pool;
  return createKnex({ ...knexConfig, connection, ...(pool && { pool }), log: SILENT });
}

async function acquire(client: ConnectionPool): Promise<unknown> {
  try {
    return await client.acquireConnection();
  } catch (cause) {
    throw new DependencyUnavailable('no database connection', { cause });
  }
}

/** Whether `url` names a database that {@link Database.open} can open. */
export function isDatabaseUrl(url: string): boolean {
  return /^sqlite:\/\/./.test(url) || (/^mysql:\/\/[^/]+\/[^/]+$/.test(url) && URL.canParse(url));
}

function dialectOf(url: string): SqlDialect {
  if (!isDatabaseUrl(url)) {
    throw new RangeError('a database URL is sqlite://PATH or mysql://user:password@host:port/name');
  }
  return url.startsWith(SQLITE)
    ? sqliteDialect(url.slice(SQLITE.length))
    : mysqlDialect(new URL(url));
}
