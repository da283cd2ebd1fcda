/** What a visitor prefers, on this device. Never anything that is worth stealing: scripts of others could read it. */

/** What was kept under a name; null where nothing was, or where the browser keeps nothing. */
export function kept(name: string, storage: Storage = localStorage): string | null {
  try {
    return storage.getItem(`jumun.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a value, or forgets it; where the browser keeps nothing, it lasts as long as the page. */
export function keep(name: string, value: string | null, storage: Storage = localStorage): void {
  try {
    if (value === null) storage.removeItem(`jumun.${name}`);
    else storage.setItem(`jumun.${name}`, value);
  } catch {
    // Nothing is lost but the memory of it.
  }
}
