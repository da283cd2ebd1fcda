/**
 * Jest's global set-up of the projects that need servers: one MySQL or MariaDB and one Redis for the whole run. It runs
 * once, in Jest's own process, under Node as it is.
 */
import type { SharedServers } from '../packages/adapters/src/testing/servers/shared-servers.ts';
import { importSources } from './import-sources.ts';

/** What runs since the set-up; the tear-down stops it. */
export let servers: SharedServers | undefined;

// Jest wants a default export.
// oxlint-disable-next-line import/no-default-export
export default async function startTestServers(): Promise<void> {
  const { startSharedServers } = await importSources(
    () => import('../packages/adapters/src/testing/servers/shared-servers.ts'),
  );
  servers = await startSharedServers();
}
