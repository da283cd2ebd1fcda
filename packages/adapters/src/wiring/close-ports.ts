import type { Container } from 'inversify';
import { TOKENS } from './tokens.js';

/** Closes every connection that the container's ports have opened; the shop must have been closed before. */
export async function closePorts(container: Container): Promise<void> {
  const redis = container.isBound(TOKENS.redis) ? container.get(TOKENS.redis) : undefined;
  const platform = container.isBound(TOKENS.platform) ? container.get(TOKENS.platform) : undefined;
  await Promise.all([container.get(TOKENS.database).close(), redis?.close(), platform?.close()]);
}
