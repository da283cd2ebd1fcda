import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine, Outcome } from './machine.js';

/** A program that the tests need, and where Debian has it. */
export interface PackagedProgram {
  readonly title: string;
  /** Names of the program, the preferred one first. */
  readonly programs: readonly string[];
  readonly debianPackage: string;
}

const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=300', '-qq', '-y', '--no-install-recommends'];
/** apt waits for one of its locks by itself, for the other one it gives up at once: then it is asked again. */
const LOCKED = /could not get lock|unable to lock/i;
const ASK_AGAIN_MS = 1_000;
const ASKED_AT_MOST = 300;

let installation: Promise<unknown> = Promise.resolve();

/**
 * Installs the package, says so, and tells where the program is; after whatever else this process installs, since another run
 * may have been faster. Undefined where it cannot be done: not on Debian, or not as root.
 */
export function installPackage(
  wanted: PackagedProgram,
  machine: Machine,
): Promise<string | undefined> {
  const turn = async (): Promise<string | undefined> =>
    (await machine.find(wanted.programs)) ?? (await installNow(wanted, machine));
  const installing = installation.then(turn, turn);
  installation = installing;
  return installing;
}

async function installNow(wanted: PackagedProgram, machine: Machine): Promise<string | undefined> {
  const apt = await machine.find(['apt-get']);
  if (!machine.isRoot || apt === undefined) return undefined;
  machine.say(`The tests need ${wanted.title}: installing the package ${wanted.debianPackage} ...`);
  for (const args of [
    ['-qq', 'update'],
    [...APT_OPTIONS, 'install', wanted.debianPackage],
  ]) {
    const { ok, output } = await runUnlocked(machine, apt, args);
    if (ok) continue;
    machine.say(output);
    return undefined;
  }
  return machine.find(wanted.programs);
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
