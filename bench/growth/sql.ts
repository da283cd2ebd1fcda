import { type Connection, createConnection } from 'mysql2';

/** A connection for statements that take long. */
export class LongSql {
  private readonly connection: Connection;

  constructor(url: string) {
    this.connection = createConnection({ uri: url });
  }

  all<Row>(sql: string): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      this.connection.query(sql, (fault, rows) => {
        if (fault === null) resolve(rows as unknown as readonly Row[]);
        else reject(fault);
      });
    });
  }

  /** Runs a statement whose answer is of no interest. */
  async run(sql: string): Promise<void> {
    await this.all(sql);
  }

  /** The server's counters whose names begin so. */
  async counters(prefix: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.all<{ Variable_name: string; Value: string }>(
      `SHOW GLOBAL STATUS LIKE '${prefix}%'`,
    );
    return new Map(rows.map(({ Variable_name: name, Value: value }) => [name, Number(value)]));
  }

  close(): void {
    this.connection.destroy();
  }
}
