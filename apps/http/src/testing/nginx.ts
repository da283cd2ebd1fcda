import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as elapse } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const CONFIGURATION = fileURLToPath(new URL('../../../../docs/ops/nginx.conf', import.meta.url));
const START_MS = 10_000;
const LOOK_EVERY_MS = 20;

/** Where nginx would write beside its folder, if it were not told otherwise. */
const FOLDERS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((kind) => `${kind}_temp_path temporary/${kind};`)
  .join(' ');

/** A real nginx with docs/ops/nginx.conf, in front of processes on this machine. */
export class Nginx {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** What `TEST_NGINX` names, else `nginx`; undefined where that cannot be run. */
  static async version(): Promise<string | undefined> {
    const child = spawn(program(), ['-v'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    const ended = await once(child, 'close').catch(() => undefined);
    return ended === undefined ? undefined : /nginx\/([\d.]+)/.exec(said)?.[1];
  }

  /** As compose.yaml has it, but that the apps have addresses that stay: nginx need not look up their names again. */
  static async start(upstreams: readonly string[]): Promise<Nginx> {
    const folder = await mkdtemp(join(tmpdir(), 'jumun-nginx-'));
    const port = await freePort();
    const left = [...upstreams];
    const configuration = (await readFile(CONFIGURATION, 'utf8'))
      .replace(/^ *resolver .*$/m, FOLDERS)
      .replaceAll(/^( *server) [\w-]+:\d+ resolve /gm, (_all, server: string) => {
        return `${server} ${new URL(left.shift() ?? '').host} `;
      })
      .replace(/\blisten 80;/, `listen 127.0.0.1:${port};`)
      .replaceAll(/\/dev\/std\w+/g, 'log');
    await Promise.all([mkdir(join(folder, 'logs')), mkdir(join(folder, 'temporary'))]);
    await writeFile(join(folder, 'nginx.conf'), configuration);
    const settings = `daemon off; pid ${join(folder, 'pid')};`;
    const child = spawn(program(), ['-p', `${folder}/`, '-c', 'nginx.conf', '-g', settings], {
      stdio: 'ignore',
    });
    const nginx = new Nginx(child, folder, port);
    try {
      await nginx.answers();
      return nginx;
    } catch (fault) {
      await nginx.close();
      throw fault;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Lines of its log about connections to an app that broke; that one is not there is no reason to complain. */
  async complaints(): Promise<readonly string[]> {
    const log = await readFile(join(this.folder, 'log'), 'utf8');
    return log
      .split('\n')
      .filter((line) => /\[error\]/.test(line) && !/Connection refused|no live/.test(line));
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    for (const deadline = Date.now() + START_MS; ; await elapse(LOOK_EVERY_MS)) {
      const answer = await fetch(`${this.url}/livez`).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.status === 200) return;
      if (this.child.exitCode !== null || Date.now() > deadline) {
        const log = await readFile(join(this.folder, 'log'), 'utf8').catch(() => '');
        throw new Error(`nginx does not answer: ${log.slice(-1_000)}`);
      }
    }
  }
}

const program = (): string => process.env['TEST_NGINX'] ?? 'nginx';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
