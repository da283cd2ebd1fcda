import { Database } from '../knex/database.js';

/** Everything that a MySQL or MariaDB is asked from now on, by anybody: only for a server of one's own. */
export class StatementLog {
  private constructor(private readonly database: Database) {}

  /** `url` names the server, and is root's. */
  static async begin(url: string): Promise<StatementLog> {
    const inTables = new URL(url);
    inTables.pathname = '/mysql';
    const database = Database.open(inTables.href);
    await database.write(async (session) => {
      await session.run("SET GLOBAL log_output = 'TABLE'");
      await session.run('SET GLOBAL general_log = ON');
    });
    return new StatementLog(database);
  }

  /** How many statements had this in them. */
  async count(part: string): Promise<number> {
    const [row] = await this.database.read((session) =>
      session.all<{ statements: number | string }>(
        `SELECT COUNT(*) AS statements FROM general_log
         WHERE command_type IN ('Query', 'Execute') AND LOCATE(?, CONVERT(argument USING utf8mb4)) > 0
           AND LOCATE('general_log', CONVERT(argument USING utf8mb4)) = 0`,
        [part],
      ),
    );
    return Number(row?.statements ?? 0);
  }

  /** From now on the server keeps to itself what it is asked. */
  async close(): Promise<void> {
    await this.database.write((session) => session.run('SET GLOBAL general_log = OFF'));
    await this.database.close();
  }
}
