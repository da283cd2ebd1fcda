import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine, Outcome } from './machine.js';

/** A kind of server, and where it can be had. */
export interface ServerKind {
  readonly title: string;
  /** Names of the server's program, the preferred one first. */
  readonly programs: readonly string[];
  readonly debianPackage: string;
  /** The official image. */
  readonly image: string;
  /** The environment variable that names a server which is there already. */
  readonly variable: string;
}

/** The path of a server's own program, or that of Docker's. */
export type Found = { readonly runs: 'SERVER' | 'DOCKER'; readonly program: string };

/** Where to have a server: a local program, else Docker if it answers, else a package that is installed now. */
export async function findServer(kind: ServerKind, machine: Machine): Promise<Found> {
  const program = await machine.find(kind.programs);
  if (program !== undefined) return { runs: 'SERVER', program };
  const docker = await machine.find(['docker']);
  if (docker !== undefined && (await machine.run(docker, ['info'])).ok) {
    return { runs: 'DOCKER', program: docker };
  }
  const installed = await install(kind, machine);
  if (installed !== undefined) return { runs: 'SERVER', program: installed };
  throw new Error(
    `The tests need ${kind.title}: set ${kind.variable}, or install ${kind.programs.join(' or ')}, or start Docker.`,
  );
}

const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=300', '-qq', '-y', '--no-install-recommends'];
/** apt waits for one of its locks by itself, for the other one it gives up at once: then it is asked again. */
const LOCKED = /could not get lock|unable to lock/i;
const ASK_AGAIN_MS = 1_000;
const ASKED_AT_MOST = 300;

let installation: Promise<unknown> = Promise.resolve();

/** Installs the package, after whatever else this process installs. Another run may have been faster. */
function install(kind: ServerKind, machine: Machine): Promise<string | undefined> {
  const turn = async (): Promise<string | undefined> =>
    (await machine.find(kind.programs)) ?? (await installNow(kind, machine));
  const installing = installation.then(turn, turn);
  installation = installing;
  return installing;
}

async function installNow(kind: ServerKind, machine: Machine): Promise<string | undefined> {
  const apt = await machine.find(['apt-get']);
  if (!machine.isRoot || apt === undefined) return undefined;
  machine.say(`The tests need ${kind.title}: installing the package ${kind.debianPackage} ...`);
  for (const args of [
    ['-qq', 'update'],
    [...APT_OPTIONS, 'install', kind.debianPackage],
  ]) {
    const { ok, output } = await runUnlocked(machine, apt, args);
    if (ok) continue;
    machine.say(output);
    return undefined;
  }
  return machine.find(kind.programs);
}

async function runUnlocked(
  machine: Machine,
  apt: string,
  args: readonly string[],
): Promise<Outcome> {
  for (let asked = 1; ; asked += 1) {
    const outcome = await machine.run(apt, args);
    if (outcome.ok || asked === ASKED_AT_MOST || !LOCKED.test(outcome.output)) return outcome;
    await sleep(ASK_AGAIN_MS);
  }
}
