/** What we can send a body as, what saves most first. */
export const CODINGS = ['br', 'gzip', 'identity'] as const;

export type Coding = (typeof CODINGS)[number];

/** Longer headers are read every time, and only so many different ones are remembered. */
const LONGEST_REMEMBERED = 200;
const MOST_REMEMBERED = 256;

const remembered = new Map<string, readonly Coding[]>();

/**
 * What a client with this header `Accept-Encoding` takes, what it likes best first; of what it likes the same, what saves
 * most (RFC 9110, section 12.5.3). There are few different headers in the world, and each comes again and again.
 */
export function codingsFor(header: string): readonly Coding[] {
  const known = remembered.get(header);
  if (known !== undefined) return known;
  const codings = read(header);
  if (header.length > LONGEST_REMEMBERED) return codings;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(header, codings);
  return codings;
}

/** Who does not speak of identity takes it when there is nothing else. */
const LEAST_WEIGHT = 0.000_1;

function read(header: string): readonly Coding[] {
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim());
    const weight = parameters.find((each) => each.startsWith('q='));
    if (name !== '') weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)));
  }
  const weightOf = (coding: Coding): number =>
    weights.get(coding) ?? weights.get('*') ?? (coding === 'identity' ? LEAST_WEIGHT : 0);
  return CODINGS.filter((coding) => weightOf(coding) > 0).toSorted(
    (a, b) => weightOf(b) - weightOf(a),
  );
}
