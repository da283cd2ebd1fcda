import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf, Wire } from './wire.ts';

/** Connections that are opened at one time; then there is a pause. */
const OPENED_AT_ONCE = 10;
const PER_SECOND = 1_000;
const HELLO = bytesOf({ method: 'GET', path: '/livez' });

/**
 * Opens keep-alive connections, at most {@link PER_SECOND} of them a second, because a server accepts one for each turn of
 * its event loop. Every one of them has served a request before it counts as open: a server hangs up on who says nothing.
 * Several servers are connected to in turn.
 */
export async function openWires(urls: readonly string[], count: number): Promise<readonly Wire[]> {
  const open = async (at: number): Promise<Wire> => {
    const wire = await Wire.open(urls[at % urls.length] ?? '');
    await wire.ask(HELLO);
    return wire;
  };
  const wires: Wire[] = [];
  const began = performance.now();
  for (let at = 0; at < count; at += OPENED_AT_ONCE) {
    const some = Math.min(OPENED_AT_ONCE, count - at);
    wires.push(...(await Promise.all(Array.from({ length: some }, (_, next) => open(at + next)))));
    const early = (wires.length / PER_SECOND) * 1_000 - (performance.now() - began);
    if (early > 0) await sleep(early);
  }
  return wires;
}

export const closeWires = (wires: readonly Wire[]): void => {
  for (const wire of wires) wire.close();
};
