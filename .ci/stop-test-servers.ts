/** Jest's global tear-down: see start-test-servers.ts. */
import { servers } from './start-test-servers.ts';

// Jest wants a default export.
// oxlint-disable-next-line import/no-default-export
export default async function stopTestServers(): Promise<void> {
  await servers?.stop();
}
