/** What is needed, by name; a probe rejects when its thing is down. */
export type Probes = Readonly<Record<string, () => Promise<unknown>>>;

/** A thing that does not answer in this time is down, for whoever asks. */
const PROBE_WITHIN_MS = 2_000;

/** The names of what is down now. */
export async function findDown(
  probes: Probes,
  withinMs: number = PROBE_WITHIN_MS,
): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) =>
      (await isUp(probe, withinMs)) ? [] : name,
    ),
  );
  return found.flat();
}

async function isUp(probe: () => Promise<unknown>, withinMs: number): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), withinMs);
  try {
    const up = probe().then(() => true);
    return await Promise.race([up, late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
