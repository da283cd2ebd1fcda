/**
 * Jest's global set-up of the projects that need servers: one MySQL or MariaDB and one Redis for the whole run. It runs
 * once, in Jest's own process, under Node as it is.
 */
import { registerHooks } from 'node:module';
import type { SharedServers } from '../packages/adapters/src/testing/servers/shared-servers.ts';

/** What runs since the set-up; the tear-down stops it. */
export let servers: SharedServers | undefined;

// Jest wants a default export.
// oxlint-disable-next-line import/no-default-export
export default async function startTestServers(): Promise<void> {
  const { startSharedServers } = await importSources();
  servers = await startSharedServers();
}

/** Sources import each other by the names that they will have when they are built. */
async function importSources() {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const isSource = specifier.startsWith('.') && context.parentURL?.endsWith('.ts') === true;
      return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
    },
  });
  try {
    return await import('../packages/adapters/src/testing/servers/shared-servers.ts');
  } finally {
    hooks.deregister();
  }
}
