import { signal } from '@preact/signals';
import { api, surroundings } from '../api/api.js';
import type { Schemas } from '../api/document.js';
import { follow, type Follower, pageVisibility } from '../api/follow.js';
import { newIdempotencyKey } from '../api/surroundings.js';

export type Rush = Schemas['Rush'];

const EVERY_MS = 500;
const PATH = '/api/v1/dev/rush';

/** The latest rush, as far as this page has looked; null while it has not. */
export const rush = signal<Rush | null>(null);

/** Whether the window that begins and tells of it is open. */
export const isRushOpen = signal(false);

let following: Follower | null = null;

/** Looks how the rush is, and goes on looking while it runs, whatever page is shown meanwhile. */
export function watchRush(): void {
  if (following !== null) return;
  following = follow({
    read: async (end) => {
      const answer = await api.get(PATH, {}, { signal: end });
      if (answer.ok) rush.value = answer.value;
      if (rush.value?.state !== 'RUNNING') stopWatching();
    },
    every: EVERY_MS,
    visibility: pageVisibility(),
    wait: surroundings.wait,
  });
}

function stopWatching(): void {
  following?.stop();
  following = null;
}

/** Begins one; false where it cannot be begun. */
export async function startRush(customers: number): Promise<boolean> {
  const sending = { key: newIdempotencyKey() };
  const answer = await api.post(PATH, { body: { customers } }, sending);
  if (!answer.ok) return false;
  rush.value = answer.value;
  watchRush();
  return true;
}

/** Nobody comes any more. */
export async function stopRush(): Promise<void> {
  const answer = await api.post(`${PATH}/stop`, { body: {} }, { key: newIdempotencyKey() });
  if (answer.ok) rush.value = answer.value;
}

/** How much of it is over, in whole per cent. */
export const percentOf = ({ gone, customers }: Rush): number =>
  customers === 0 ? 0 : Math.floor((gone * 100) / customers);
