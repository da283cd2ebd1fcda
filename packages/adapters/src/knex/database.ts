import { DependencyUnavailable } from '@jumun/application';
import createKnex, { type Knex } from 'knex';
import { inSpan } from '../tracing/in-span.js';
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
  /** Undefined once it was destroyed. */
  readonly pool?: {
    readonly max: number;
    numUsed(): number;
    numFree(): number;
    numPendingAcquires(): number;
  };
}

/** How the connections of one pool stand. */
export interface PoolCounts {
  readonly used: number;
  readonly free: number;
  readonly max: number;
  /** Who waits for a connection. */
  readonly waiting: number;
}

/** How a database stands, and what it went through since it was opened. */
export interface DatabaseCounts {
  /** `writer`, `reader` where it has connections of its own, and `replica` where there is one. */
  readonly pools: Readonly<Record<string, PoolCounts>>;
  /** Uses that found it away. */
  readonly away: number;
  /** Times that the replica was found away and left alone for a while. */
  readonly replicaFallbacks: number;
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
  private away = 0;
  private replicaFallbacks = 0;

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
    return this.onConnection('read', this.pools.reader, use);
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
      return await this.onConnection('browse', replica, use);
    } catch (fault) {
      if (!(fault instanceof DependencyUnavailable)) throw fault;
      this.replicaAwayUntil = performance.now() + REPLICA_PAUSE_MS;
      this.replicaFallbacks += 1;
      return this.read(use);
    }
  }

  /** Runs `use` on a connection for writes, outside any transaction of ours. */
  write<T>(use: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.onConnection('write', this.pools.writer, use);
  }

  counts(): DatabaseCounts {
    const { writer, reader, replica } = this.pools;
    const pools = {
      writer: countsOf(writer),
      ...(reader === writer ? {} : { reader: countsOf(reader) }),
      ...(replica === null ? {} : { replica: countsOf(replica) }),
    };
    return { pools, away: this.away, replicaFallbacks: this.replicaFallbacks };
  }

  async close(): Promise<void> {
    const { writer, reader, replica } = this.pools;
    const pools = new Set([writer, reader, ...(replica === null ? [] : [replica])]);
    await Promise.all([...pools].map((pool) => pool.destroy()));
  }

  private onConnection<T>(
    purpose: 'read' | 'write' | 'browse',
    pool: Knex,
    use: (session: SqlSession) => Promise<T>,
  ): Promise<T> {
    const attributes = () => ({ 'db.system.name': this.isEmbedded ? 'sqlite' : 'mysql' });
    return inSpan(`database ${purpose}`, attributes, () => this.onPooled(pool, use));
  }

  private async onPooled<T>(pool: Knex, use: (session: SqlSession) => Promise<T>): Promise<T> {
    const client = pool.client as ConnectionPool;
    const connection = await this.acquire(client);
    try {
      return await use(this.dialect.session(connection));
    } catch (fault) {
      if (this.dialect.faultOf(fault) !== 'UNAVAILABLE') throw fault;
      this.away += 1;
      throw new DependencyUnavailable('the database is away', { cause: fault });
    } finally {
      await client.releaseConnection(connection);
    }
  }

  private async acquire(client: ConnectionPool): Promise<unknown> {
    try {
      return await client.acquireConnection();
    } catch (cause) {
      this.away += 1;
      throw new DependencyUnavailable('no database connection', { cause });
    }
  }
}

function countsOf({ client }: Knex): PoolCounts {
  const { pool } = client as ConnectionPool;
  return {
    used: pool?.numUsed() ?? 0,
    free: pool?.numFree() ?? 0,
    max: pool?.max ?? 0,
    waiting: pool?.numPendingAcquires() ?? 0,
  };
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
