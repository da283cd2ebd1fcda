/** A variable as its schema tells of it. */
export interface Variable {
  readonly name: string;
  readonly preset: string;
  readonly meaning: string;
}

/** The page docs/reference/configuration.md, as the schemas of the two apps have it. */
export function configurationPage(http: readonly Variable[], worker: readonly Variable[]): string {
  return `# Configuration

Everything that the programs read from their environment. This page is made from the schemas that check it: change those, then run \`npm run docs:configuration\`. \`--help\` of each program says the same.

A blank variable counts as not set. A value that cannot be used stops the start: one line names the variable and what is wrong, never the value, and the exit code is 1. What it is good for, and how things belong together: [Run and configure](../how-to/run-and-configure.md), [Secure](../how-to/secure.md).

## The HTTP app

\`node apps/http/dist/main.js\`

${table(http)}

## The worker

\`node apps/worker/dist/main.js\`, \`node apps/worker/dist/rebuild-statistics-main.js\`, and \`node apps/worker/dist/migrate-main.js\`, which heeds \`DATABASE_URL\` alone.

${table(worker)}
`;
}

/** Aligned as the formatter would. */
function table(variables: readonly Variable[]): string {
  const rows = [
    ['variable', 'without it', 'meaning'],
    ...variables.map(({ name, preset, meaning }) => [`\`${name}\``, preset, meaning]),
  ];
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
