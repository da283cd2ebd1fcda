import { type Family, gauge } from '../metrics/family.js';

/** What a process said of itself at one moment. */
export interface Readiness {
  /** What it needs, by name. */
  readonly needed: readonly string[];
  /** The names of what is down: of what it needs, or of what else keeps it from serving. */
  readonly down: readonly string[];
}

/** Whether a process could serve when it was asked. */
export const READINESS_METRICS: readonly Family<Readiness>[] = [
  gauge('jumun_ready', '1 while the process can serve, as /readyz says', ({ down }) =>
    Number(down.length === 0),
  ),
  gauge('jumun_dependency_up', '1 while what the process needs answers', ({ needed, down }) =>
    needed.map((dependency) => [{ dependency }, Number(!down.includes(dependency))] as const),
  ),
];
