import type { Connection } from 'mysql2';
import { inSpan } from '../tracing/in-span.js';
import { faultOf } from './mysql-faults.js';
import type { SqlValue } from './sql-session.js';

/** A statement that takes longer than this has no server behind it any more. */
const STATEMENT_TIMEOUT_MS = 6_000;
/** How long a statement waits for another transaction's row, in seconds, before its own transaction is run again. */
export const LOCK_WAIT_SECONDS = 3;
/** Text that is sent at once: well under what a server takes by default. */
const MOST_CHARACTERS = 1_000_000;
/** A statement says at its beginning what it does, and to which table. */
const LOOKED_AT = 500;

interface Waiting {
  readonly sql: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (fault: Error) => void;
}

/**
 * Sends statements over one connection. On a connection with `multipleStatements`, those that are given together (before
 * any of them is awaited) share a round trip; they run in the order in which they are given.
 *
 * Once a statement of a transaction has failed, nothing but its ROLLBACK is sent: the server may have ended the
 * transaction by itself, and what came after it would be saved at once.
 */
export class MysqlWire {
  private readonly waiting: Waiting[] = [];
  private isSending = false;
  private transaction: 'NONE' | 'OPENING' | 'OPEN' = 'NONE';
  private failed: Error | null = null;

  constructor(private readonly connection: Connection) {}

  /** Opens a transaction along with the first statement of it. */
  begin(): void {
    this.transaction = 'OPENING';
    this.failed = null;
  }

  send<Result>(sql: string, values: readonly SqlValue[] = []): Promise<Result> {
    const ends = sql === 'COMMIT' || sql === 'ROLLBACK';
    if (sql === 'ROLLBACK') this.failed = null;
    if (this.failed !== null) return Promise.reject(this.failed);
    const text = values.length === 0 ? sql : this.connection.format(sql, [...values]);
    const sent = new Promise<unknown>((resolve, reject) => {
      this.waiting.push({ sql: text, resolve, reject });
    }) as Promise<Result>;
    if (!this.isSending) {
      this.isSending = true;
      queueMicrotask(() => void this.sendAll());
    }
    return ends ? sent.finally(() => (this.transaction = 'NONE')) : sent;
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const group = this.takeGroup();
      const opens = this.transaction === 'OPENING';
      const texts = group.map(({ sql }) => sql);
      if (opens) {
        texts.unshift('START TRANSACTION');
        this.transaction = 'OPEN';
      }
      try {
        const results = await inSpan(
          'sql',
          () => attributesOf(texts),
          () => this.query(texts),
        );
        for (const [at, { resolve }] of group.entries()) resolve(results[opens ? at + 1 : at]);
      } catch (fault) {
        this.fail(group, fault as Error);
      }
    }
    this.isSending = false;
  }

  private takeGroup(): readonly Waiting[] {
    const most = this.connection.config.multipleStatements === true ? this.waiting.length : 1;
    let count = 1;
    let characters = this.waiting[0]?.sql.length ?? 0;
    while (count < most) {
      characters += this.waiting[count]?.sql.length ?? 0;
      if (characters > MOST_CHARACTERS) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private fail(group: readonly Waiting[], fault: Error): void {
    const isInTransaction = this.transaction !== 'NONE';
    if (isInTransaction) this.failed = fault;
    const stopped = isInTransaction ? this.waiting.splice(0) : [];
    for (const { reject } of [...group, ...stopped]) reject(fault);
  }

  private query(texts: readonly string[]): Promise<readonly unknown[]> {
    const sql = texts.join(';\n');
    const waits = texts.filter((text) => text.endsWith('FOR UPDATE')).length;
    const timeout = STATEMENT_TIMEOUT_MS + Math.max(0, waits - 1) * LOCK_WAIT_SECONDS * 1_000;
    return new Promise((resolve, reject) => {
      this.connection.query({ sql, timeout }, (error, result) => {
        if (error === null) {
          resolve(texts.length === 1 ? [result] : (result as readonly unknown[]));
          return;
        }
        // An answer may still come to what has timed out, and must not be taken for that of a later statement.
        if (faultOf(error) === 'UNAVAILABLE') this.connection.destroy();
        reject(error);
      });
    });
  }
}

/** Verbs and tables, and no values. */
const attributesOf = (texts: readonly string[]) => ({
  'db.system.name': 'mysql',
  'db.operation.batch.size': texts.length,
  'db.query.summary': texts.map(summaryOf).join('; '),
});

function summaryOf(text: string): string {
  const [head = ''] = text.slice(0, LOOKED_AT).split("'");
  const [verb = ''] = /\w+/.exec(head) ?? [];
  const [, table] = /\b(?:FROM|INTO|UPDATE)\s+([a-z_]+)/.exec(head) ?? [];
  return table === undefined ? verb : `${verb} ${table}`;
}
