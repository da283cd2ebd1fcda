import type { SqlFault } from './sql-dialect.js';

const RERUN = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_DUP_ENTRY', 'ER_CHECKREAD']);

/** What the driver and the operating system say when there is no server behind a connection. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_OPTION_PREVENTS_STATEMENT',
]);

/** What an error of the driver or of the server means to a transaction. */
export function faultOf(error: unknown): SqlFault {
  if (typeof error !== 'object' || error === null) return 'OTHER';
  const code = 'code' in error ? String(error.code) : '';
  if (RERUN.has(code)) return 'RERUN';
  const isFatal = 'fatal' in error && error.fatal === true;
  return isFatal || AWAY.has(code) ? 'UNAVAILABLE' : 'OTHER';
}
