import { installPackage, type PackagedProgram } from './install-package.js';
import type { Machine } from './machine.js';

/** A kind of server, and where it can be had. */
export interface ServerKind extends PackagedProgram {
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
  const installed = await installPackage(kind, machine);
  if (installed !== undefined) return { runs: 'SERVER', program: installed };
  throw new Error(
    `The tests need ${kind.title}: set ${kind.variable}, or install ${kind.programs.join(' or ')}, or start Docker.`,
  );
}
