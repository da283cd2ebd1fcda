import type { Container } from 'inversify';
import type { RunningJob } from '../local/periodic-job.js';
import { startRelayLoop } from '../local/relay-loop.js';
import { TOKENS } from './tokens.js';

/** How often the relay looks for messages, whether or not it hears of any. */
const POLL_MS = 250;

/** Puts the relay of a container to work; `onFault` hears of what failed, and will be tried again. */
export function startRelay(
  container: Container,
  onFault: (fault: unknown) => void,
  pollMs = POLL_MS,
): RunningJob {
  const relay = container.get(TOKENS.relay);
  return startRelayLoop(relay, { pollMs, events: container.get(TOKENS.events), onFault });
}
