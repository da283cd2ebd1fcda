import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DockerContainer } from './docker-container.js';
import { findServer, type ServerKind } from './find-server.js';
import { freePort } from './free-port.js';
import { type Housing, ServerDidNotStart } from './housing.js';
import { LocalProcess } from './local-process.js';
import { type Machine, thisMachine } from './machine.js';

/** A private server on the loopback interface, for the length of a test. It never outlives the process that started it. */
export interface TestServer {
  readonly url: string;
  /** As `kill -9`: the server gets no chance to do anything. */
  kill(): Promise<void>;
  /** Starts the server again on the same port and data; resolves when it answers. */
  restart(): Promise<void>;
  /** The server hangs: connections stay open, and nothing is answered. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the server, and removes all that it has left. */
  stop(): Promise<void>;
}

/** How one kind of server is run and asked. */
export interface Recipe {
  readonly kind: ServerKind;
  /** The line of the server's log that says that it is ready. */
  readonly ready: RegExp;
  readonly url: (port: number) => string;
  /** Makes the folder ready, and says how the program is called. */
  prepare(program: string, folder: string): Promise<(port: number) => readonly string[]>;
  readonly docker: {
    readonly innerPort: number;
    readonly options: readonly string[];
    readonly args: readonly string[];
  };
  readonly greeting: Greeting;
}

/** How to see that a server answers. */
export interface Greeting {
  /** What is sent to it first. */
  readonly say: string;
  /** Whether these first bytes of its answer are those of such a server. */
  readonly isAnswer: (bytes: Buffer) => boolean;
}

/** Another process can take a port between our looking and the server's. */
const PORTS_TRIED = 5;
const ANSWER_MS = 60_000;
const TRY_AGAIN_MS = 5;
const GREETING_MS = 2_000;

export async function startServer(
  recipe: Recipe,
  machine: Machine = thisMachine,
): Promise<TestServer> {
  const { runs, program } = await findServer(recipe.kind, machine);
  const housing = await onFreePort(
    runs === 'SERVER' ? inFolder(recipe, program) : inContainer(recipe, program, machine),
  );
  await answers(recipe, housing.port);
  return {
    url: recipe.url(housing.port),
    kill: () => housing.kill(),
    async restart() {
      await housing.start();
      await answers(recipe, housing.port);
    },
    pause: () => housing.pause(),
    resume: () => housing.resume(),
    stop: () => housing.remove(),
  };
}

type Open = (port: number) => Promise<Housing>;

async function onFreePort(open: Open): Promise<Housing> {
  for (let attempt = 1; ; attempt += 1) {
    const housing = await open(await freePort());
    try {
      await housing.start();
      return housing;
    } catch (fault) {
      await housing.remove();
      const portTaken =
        fault instanceof ServerDidNotStart && /in use|allocated/i.test(fault.message);
      if (!portTaken || attempt === PORTS_TRIED) throw fault;
    }
  }
}

const inFolder =
  (recipe: Recipe, program: string): Open =>
  async (port) => {
    const name = recipe.kind.image.split(':')[0] ?? '';
    const folder = await realpath(await mkdtemp(join(tmpdir(), `jumun-${name}-`)));
    try {
      const args = (await recipe.prepare(program, folder))(port);
      return new LocalProcess({ program, args, ready: recipe.ready, folder, port });
    } catch (fault) {
      await rm(folder, { recursive: true, force: true });
      throw fault;
    }
  };

const inContainer =
  ({ kind: { image }, docker: inner }: Recipe, docker: string, machine: Machine): Open =>
  async (port) => {
    const name = `jumun-${image.split(':')[0]}-${randomUUID()}`;
    return new DockerContainer({ ...inner, docker, image, name, port }, machine);
  };

async function answers(recipe: Recipe, port: number): Promise<void> {
  for (const deadline = Date.now() + ANSWER_MS; ; await sleep(TRY_AGAIN_MS)) {
    if (await isGreeted('127.0.0.1', port, recipe.greeting)) return;
    if (Date.now() > deadline) {
      throw new ServerDidNotStart(`${recipe.kind.title} does not answer on port ${port}`);
    }
  }
}

/** Whether a server answers, by the first bytes of its protocol. */
export async function isGreeted(
  host: string,
  port: number,
  { say, isAnswer }: Greeting,
): Promise<boolean> {
  const socket = createConnection({ host, port });
  try {
    socket.setTimeout(GREETING_MS, () => socket.destroy(new Error('it is silent')));
    socket.write(say);
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    return isAnswer(bytes);
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
