// A flame graph of a V8 profile (node --cpu-prof). Each box is a function, as wide as its share of the time in which the
// process worked, above its caller. What it takes to load the code is left out.

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** What `node --cpu-prof` writes, as far as it is used here. */
export interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** A function in the place of its callers, with the microseconds spent in it and in what it called. */
interface Frame {
  readonly name: string;
  readonly color: string;
  readonly children: Map<string, Frame>;
  microseconds: number;
}

const WIDTH = 1_200;
const ROW = 15;
/** Narrower boxes are left out. */
const NARROWEST = 0.6;
const LETTER = 6.2;
const LEGEND_GAP = 30;
/** What V8 calls the time in which nothing was to be done. */
const IDLE = '(idle)';

/** Whose code it is, by its place. The first that matches counts. */
const OWNERS: readonly (readonly [pattern: RegExp, color: string, owner: string])[] = [
  [/^$/, '#d0d0d0', 'engine and system'],
  [/^node:/, '#9fc7e8', 'Node'],
  [/node_modules\/(mysql2|sql-escaper|better-sqlite3)\//, '#f3b37a', 'database driver'],
  [/node_modules\/(express|router|finalhandler|parseurl|path-to-regexp)\//, '#b7a4e0', 'Express'],
  [/node_modules\//, '#cfc3a5', 'other libraries'],
  [/packages\/domain\//, '#7fc97f', 'domain'],
  [/packages\/application\//, '#a6d96a', 'application'],
  [/packages\/adapters\//, '#f7dc6f', 'adapters'],
  [/./, '#f1948a', 'HTTP app'],
];

/** Whether code is being loaded: that is the start, not the work. */
const isLoading = ({ callFrame }: ProfileNode): boolean =>
  callFrame.url.startsWith('node:internal/modules/');

const ownerOf = (url: string) => OWNERS.find(([pattern]) => pattern.test(url)) ?? OWNERS[0];

const frameOf = (name: string, color: string): Frame => ({
  name,
  color,
  children: new Map(),
  microseconds: 0,
});

/** Adds every sample up, from the outermost caller inwards. */
function gather({ nodes, samples, timeDeltas }: Profile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((at) => [at, id])));
  const root = frameOf('all', '#eeeeee');
  for (const [at, sample] of samples.entries()) {
    const stack: ProfileNode[] = [];
    for (let id: number | undefined = sample; id !== undefined; id = callers.get(id)) {
      const node = byId.get(id);
      if (node !== undefined) stack.unshift(node);
    }
    if (stack.at(-1)?.callFrame.functionName === IDLE || stack.some(isLoading)) continue;
    let frame = root;
    root.microseconds += timeDeltas[at] ?? 0;
    for (const { callFrame } of stack.slice(1)) {
      frame = childOf(frame, callFrame);
      frame.microseconds += timeDeltas[at] ?? 0;
    }
  }
  return root;
}

function childOf(parent: Frame, { functionName, url }: ProfileNode['callFrame']): Frame {
  const name = functionName === '' ? '(anonymous)' : functionName;
  const key = `${name} ${url}`;
  const known = parent.children.get(key);
  if (known !== undefined) return known;
  const frame = frameOf(name, ownerOf(url)?.[1] ?? '');
  parent.children.set(key, frame);
  return frame;
}

interface Box {
  readonly frame: Frame;
  readonly x: number;
  readonly depth: number;
  readonly width: number;
}

/** Where the boxes stand, the outermost callers first. */
function* layOut(frame: Frame, x: number, depth: number, scale: number): Generator<Box> {
  const width = frame.microseconds * scale;
  if (width < NARROWEST) return;
  yield { frame, x, depth, width };
  let left = x;
  const children = [...frame.children.values()].toSorted((a, b) => b.microseconds - a.microseconds);
  for (const child of children) {
    yield* layOut(child, left, depth + 1, scale);
    left += child.microseconds * scale;
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function draw(root: Frame): string {
  const boxes = [...layOut(root, 0, 0, WIDTH / root.microseconds)];
  const rows = Math.max(...boxes.map(({ depth }) => depth)) + 1;
  const height = (rows + 3) * ROW;
  const shapes = boxes.map(({ frame, x, depth, width }) => {
    const y = height - (depth + 1) * ROW;
    const letters = Math.floor(width / LETTER) - 1;
    const share = ((frame.microseconds / root.microseconds) * 100).toFixed(1);
    const label =
      letters < 3
        ? ''
        : `<text x="${(x + 2).toFixed(1)}" y="${y + 11}">${escaped(frame.name.slice(0, letters))}</text>`;
    return `<g><title>${escaped(frame.name)}: ${share} %</title><rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(width - 0.4, 0.3).toFixed(1)}" height="${ROW - 1}" fill="${frame.color}"/>${label}</g>`;
  });
  let x = 10 - LEGEND_GAP;
  const legend = OWNERS.map(([, color, owner], at) => {
    x += LEGEND_GAP + (OWNERS[at - 1]?.[2].length ?? 0) * LETTER;
    return `<rect x="${x}" y="8" width="10" height="10" fill="${color}"/><text x="${x + 14}" y="17">${owner}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="10">
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${legend.join('\n')}
${shapes.join('\n')}
</svg>
`;
}

/** The profile as an SVG picture. */
export const flameGraph = (profile: Profile): string => draw(gather(profile));
