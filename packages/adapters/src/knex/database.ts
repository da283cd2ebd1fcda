import { DependencyUnavailable } from '@jumun/application';
import createKnex, { type Knex } from 'knex';
import type { SqlDialect } from './sql-dialect.js';
import type { SqlSession } from './sql-session.js';
import { sqliteDialect } from './sqlite-dialect.js';

export interface DatabaseOptions {
  /** Runs reads on the writer's connections too. */
  readonly singlePool?: boolean;
}

/** Whatever Knex would print, it also throws. */
const SILENT = { warn() {}, error() {}, deprecate() {}, debug() {} };

/** The parts of a Knex client that hand out pooled connections. */
interface ConnectionPool {
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): Promise<void>;
}

/** An open database: Knex owns its pools and migrations, our statements run on the connections that it hands out. */
export class Database {
  private constructor(
    readonly dialect: SqlDialect,
    readonly knex: Knex,
    private readonly reader: Knex,
  ) {}

  /** Opens `sqlite://PATH` or `sqlite://:memory:`. Connects when it is first used. */
  static open(url: string, { singlePool = false }: DatabaseOptions = {}): Database {
    const dialect = dialectOf(url);
    const config = { ...dialect.knexConfig, log: SILENT };
    const writer = createKnex(config);
    const shared = singlePool || !dialect.separateReads;
    return new Database(dialect, writer, shared ? writer : createKnex(config));
  }

  /** Runs `use` on a connection for reads. */
  read<T>(use: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.onConnection(this.reader, use);
  }

  /** Runs `use` on a connection for writes, outside any transaction of ours. */
  write<T>(use: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.onConnection(this.knex, use);
  }

  async close(): Promise<void> {
    await this.knex.destroy();
    if (this.reader !== this.knex) await this.reader.destroy();
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

async function acquire(client: ConnectionPool): Promise<unknown> {
  try {
    return await client.acquireConnection();
  } catch (cause) {
    throw new DependencyUnavailable('no database connection', { cause });
  }
}

function dialectOf(url: string): SqlDialect {
  const [scheme, rest = ''] = url.split('://', 2);
  if (scheme === 'sqlite' && rest !== '') return sqliteDialect(rest);
  throw new RangeError('the database URL is not of the form sqlite://PATH');
}
