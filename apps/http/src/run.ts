import {
  asksForHelp,
  ConfigError,
  helpFor,
  logSettings,
  ManagementPortUnavailable,
  TablesOutdated,
} from '@jumun/adapters';
import { DependencyUnavailable } from '@jumun/application';
import closeWithGrace from 'close-with-grace';
import { type Logger, pino } from 'pino';
import { bufferedOutput } from './log-output.js';
import { type Config, PROGRAM, readConfig } from './config.js';
import { type Running, start } from './start.js';

/** A little more than the server takes at most to stop, once it takes no more requests. */
const STOP_WITHIN_MS = 12_000;
const MS_PER_SECOND = 1_000;

/** Where the service speaks to whoever started it; everything else goes to the log. */
export interface Terminal {
  tell(text: string): void;
  complain(text: string): void;
}

/**
 * Starts the service, which then runs until it is told to stop. Resolves to the exit code: 1 when it cannot start. `args`:
 * `--help` tells what can be configured, and starts nothing.
 */
export async function run(
  variables: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
  args: readonly string[] = [],
): Promise<number> {
  if (asksForHelp(args)) {
    terminal.tell(helpFor(PROGRAM));
    return 0;
  }
  let config: Config;
  try {
    config = readConfig(variables);
  } catch (fault) {
    if (!(fault instanceof ConfigError)) throw fault;
    for (const line of fault.lines) terminal.complain(line);
    return 1;
  }
  const logger = pino(logSettings('http', config.logLevel), bufferedOutput());
  for (const warning of config.warnings) logger.warn(warning);
  try {
    const running = await start(config, logger);
    stopWithGrace(running, config, logger);
    terminal.tell(banner(config, running.port));
    return 0;
  } catch (fault) {
    terminal.complain(cannotStart(fault, config));
    logger.fatal({ err: fault }, 'cannot start');
    return 1;
  }
}

function stopWithGrace(running: Running, { shutdownGraceSeconds }: Config, logger: Logger): void {
  const delay = STOP_WITHIN_MS + shutdownGraceSeconds * MS_PER_SECOND;
  closeWithGrace({ delay, logger }, async ({ err: fault, signal }) => {
    if (fault) logger.fatal({ err: fault }, 'stopping after a fault that nobody caught');
    else logger.info({ signal }, 'stopping');
    await running.stop();
    logger.info('stopped');
  });
}

/** The line for what an operator can mend; the log has the rest. */
function cannotStart(fault: unknown, { port, host, management }: Config): string {
  const { code = '', syscall } = fault as NodeJS.ErrnoException;
  if (syscall === 'listen') {
    if (code === 'EADDRINUSE') return `PORT: ${port} is in use`;
    if (code === 'EACCES') return `PORT: ${port} may not be used by this user`;
    return `HOST: cannot be listened on (${code})`;
  }
  if (fault instanceof ManagementPortUnavailable) {
    // The management port is the first that is opened; where both have one host, that is what is wrong.
    const isHost = fault.code === 'EADDRNOTAVAIL' && management.host === host;
    return isHost ? `HOST: cannot be listened on (${fault.code})` : fault.message;
  }
  if (fault instanceof TablesOutdated) {
    return 'DATABASE_URL: the tables are not up to date; run npm run migrate';
  }
  const isDatabase =
    fault instanceof DependencyUnavailable || syscall !== undefined || code.startsWith('SQLITE_');
  return isDatabase
    ? `DATABASE_URL: cannot be opened${code === '' ? '' : ` (${code})`}`
    : 'Jumun cannot start; the reason is in the log';
}

function banner({ host, devTokens }: Config, port: number): string {
  const url = `http://${host === undefined || isAny(host) ? 'localhost' : urlHost(host)}:${port}`;
  const example = devTokens
    ? `curl -X POST ${url}/api/v1/dev/tokens -H 'Content-Type: application/json' -d '{"userId": 1}'`
    : `curl '${url}/api/v1/products?page=1&size=20'`;
  return `\nJumun is at ${url}\nIts API, to read and to try: ${url}/docs\n\nTry it:\n  ${example}\n`;
}

const isAny = (host: string): boolean => host === '0.0.0.0' || host === '::';
const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);
