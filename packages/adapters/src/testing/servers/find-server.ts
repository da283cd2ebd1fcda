import type { Machine } from './machine.js';

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

/** Parallel runs wait for each other. */
const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=300', '-qq', '-y', '--no-install-recommends'];

async function install(kind: ServerKind, machine: Machine): Promise<string | undefined> {
  const apt = await machine.find(['apt-get']);
  if (!machine.isRoot || apt === undefined) return undefined;
  machine.say(`The tests need ${kind.title}: installing the package ${kind.debianPackage} ...`);
  for (const args of [
    ['-qq', 'update'],
    [...APT_OPTIONS, 'install', kind.debianPackage],
  ]) {
    const { ok, output } = await machine.run(apt, args);
    if (ok) continue;
    machine.say(output);
    return undefined;
  }
  return machine.find(kind.programs);
}
