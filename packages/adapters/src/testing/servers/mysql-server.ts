import { access, chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ServerKind } from './find-server.js';
import { type Machine, type Outcome, thisMachine } from './machine.js';
import { type Greeting, type Recipe, startServer, type TestServer } from './test-server.js';

export interface MysqlOptions {
  /**
   * Waits for the disk at every commit, as in production. Without it commits cost no disk access; what was acknowledged
   * then survives `kill`, but would not survive a power failure.
   */
  readonly durable?: boolean;
  /** Settings of the server by their names, such as `innodb-buffer-pool-size`; a server that lacks one goes without. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A folder that outlives the server: what a server left there the next one finds. Without it everything is temporary. */
  readonly keptIn?: string;
}

/** `url` is for root, who has no password, and names no database. */
export type MysqlServer = TestServer;

export const MYSQL: ServerKind = {
  title: 'MySQL or MariaDB',
  programs: ['mariadbd', 'mysqld'],
  debianPackage: 'mariadb-server',
  image: 'mysql:8.4',
  variable: 'TEST_MYSQL_URL',
};

const PROTOCOL_VERSION = 10;

/** The first packet's length and number are four bytes; then comes the version of the protocol. */
export const MYSQL_GREETING: Greeting = {
  say: '',
  isAnswer: (bytes) => bytes[4] === PROTOCOL_VERSION,
};

/** Starts a private MySQL or MariaDB: an installed one, else through Docker. Whoever starts it stops it. */
export const startMysql = (
  { durable = false, settings = {}, keptIn }: MysqlOptions = {},
  machine: Machine = thisMachine,
): Promise<MysqlServer> => {
  const given = Object.entries(settings).map(([name, value]) => `--loose-${name}=${value}`);
  const flags = [...COMMON, ...(durable ? [] : FAST), ...given];
  return startServer(recipe(flags, machine, keptIn), machine);
};

const AS_ROOT = thisMachine.isRoot ? ['--user=root'] : [];
const COMMON = ['--skip-log-bin', '--skip-name-resolve', '--max-connections=500'];
const FAST = [
  '--performance-schema=OFF',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-flush-method=nosync',
];
/** Where names are not looked up, root over TCP is another user than root@localhost. */
const ROOT_OVER_TCP = `
CREATE USER IF NOT EXISTS root@'127.0.0.1' IDENTIFIED BY '';
GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
`;

const recipe = (flags: readonly string[], machine: Machine, keptIn: string | undefined): Recipe => {
  return {
    kind: { ...MYSQL, programs: programs() },
    ready: /ready for connections/,
    url: (port) => `mysql://root@127.0.0.1:${port}`,
    greeting: MYSQL_GREETING,

    async prepare(program, folder) {
      // A MariaDB that starts removes the temporary tables of every other one that uses the same folder.
      const temporary = join(folder, 'tmp');
      await mkdir(temporary);
      const dataFolder = join(keptIn ?? folder, 'data');
      const data = [
        '--no-defaults',
        `--datadir=${dataFolder}`,
        `--tmpdir=${temporary}`,
        ...AS_ROOT,
      ];
      const { output } = await machine.run(program, ['--no-defaults', '--version']);
      const isMariadb = /MariaDB/i.test(output);
      if (keptIn !== undefined) await mkdir(keptIn, { recursive: true });
      if (!(await exists(join(dataFolder, 'mysql')))) {
        await (isMariadb ? initialiseMariadb : initialiseMysql)(program, data, machine);
      }
      const more = isMariadb ? [] : await flagsOfMysql(folder);
      return (port) => [
        ...data,
        ...flags,
        ...more,
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        `--socket=${join(folder, 'socket')}`,
        `--pid-file=${join(folder, 'pid')}`,
      ];
    },

    docker: {
      innerPort: 3306,
      options: ['--env', 'MYSQL_ALLOW_EMPTY_PASSWORD=1', '--env', 'MYSQL_ROOT_HOST=%'],
      args: flags,
    },
  };
};

/** `TEST_MYSQLD` names the program to be used, where there are several. */
function programs(): readonly string[] {
  const chosen = process.env['TEST_MYSQLD'];
  return chosen === undefined ? MYSQL.programs : [chosen];
}

async function initialiseMariadb(
  program: string,
  data: readonly string[],
  machine: Machine,
): Promise<void> {
  const beside = (name: string) => [
    join(dirname(program), name),
    join(dirname(program), '..', 'bin', name),
    name,
  ];
  const installer = await machine.find([
    ...beside('mariadb-install-db'),
    ...beside('mysql_install_db'),
  ]);
  if (installer === undefined) throw new Error(`no mariadb-install-db beside ${program}`);
  const without = ['--skip-test-db', '--skip-name-resolve'];
  const root = '--auth-root-authentication-method=normal';
  mustHaveRun(installer, await machine.run(installer, [...data, root, ...without]));
}

async function initialiseMysql(
  program: string,
  data: readonly string[],
  machine: Machine,
): Promise<void> {
  mustHaveRun(program, await machine.run(program, [...data, '--initialize-insecure']));
}

async function flagsOfMysql(folder: string): Promise<readonly string[]> {
  const first = join(folder, 'first.sql');
  await writeFile(first, ROOT_OVER_TCP);
  await chmod(first, 0o644);
  return ['--mysqlx=OFF', '--secure-file-priv=NULL', `--init-file=${first}`];
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function mustHaveRun(program: string, { ok, output }: Outcome): void {
  if (!ok) throw new Error(`${program}: ${output}`);
}
