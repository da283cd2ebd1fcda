import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, platform } from 'node:os';
import { parseArgs } from 'node:util';
import type { Requirement, Row } from './figures.ts';
import { requirementLines, tableLines } from './table.ts';

/** Something is wrong that no noise can explain: broken books, a lost acknowledgement, an unexpected answer. */
export class BenchFailed extends Error {
  override readonly name = 'BenchFailed';
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** Options of one bench alone: `--name NUMBER` above 0, and `--name TEXT`. */
export interface MoreOptions {
  readonly numbers?: readonly string[];
  readonly texts?: readonly string[];
}

type Options = Readonly<Record<string, number | string>>;

const RESULTS = new URL('../results/', import.meta.url);
const COMPLAINTS_SHOWN = 10;

/** One run of one bench command: what it was asked for, and what it has found. */
export class Bench {
  readonly name: string;
  /** Whether this run only proves that the bench works. */
  readonly small: boolean;
  private readonly requirements: readonly Requirement[];
  private readonly options: Options;
  private readonly rows: Row[] = [];
  private readonly settings: Record<string, unknown> = {};
  private readonly figures: Record<string, number> = {};
  private database = 'none';

  constructor(
    name: string,
    requirements: readonly Requirement[],
    small: boolean,
    options: Options,
  ) {
    this.name = name;
    this.requirements = requirements;
    this.small = small;
    this.options = options;
    this.settings['small'] = small;
    Object.assign(this.settings, options);
  }

  /** How long one measured phase takes: as `--seconds` says, else the default of the bench. */
  seconds(usual: number, small = 1): number {
    return this.option('seconds') ?? (this.small ? small : usual);
  }

  /** A number given on the command line. */
  option(name: string): number | undefined {
    const value = this.options[name];
    return typeof value === 'number' ? value : undefined;
  }

  /** A text given on the command line. */
  text(name: string): string | undefined {
    const value = this.options[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** Notes what the results depend on. */
  set(name: string, value: unknown): void {
    this.settings[name] = value;
  }

  /** Which database was measured: its product and version. */
  on(database: string): void {
    this.database = database;
  }

  /** Tells whoever waits what is going on. */
  say(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  row(row: Row): void {
    this.rows.push(row);
    for (const line of tableLines([row]).slice(2)) this.say(line);
  }

  /** Notes a figure; one that a requirement names is compared with it. */
  figure(name: string, value: number): void {
    this.figures[name] = value;
  }

  /** Throws {@link BenchFailed} unless there is nothing to complain about. */
  expectNone(complaints: readonly string[]): void {
    if (complaints.length === 0) return;
    const more = complaints.length - COMPLAINTS_SHOWN;
    throw new BenchFailed([
      ...complaints.slice(0, COMPLAINTS_SHOWN),
      ...(more > 0 ? [`and ${more} more`] : []),
    ]);
  }

  /** Prints everything, and writes it to `bench/results`. */
  async report(audit: string): Promise<void> {
    const { name, settings, rows, figures } = this;
    const requirements = this.requirements.map((each) => ({
      ...each,
      measured: figures[each.name],
    }));
    const lines = [...tableLines(rows), '', ...requirementLines(requirements, this.small)];
    process.stdout.write(`\n${lines.join('\n')}\n`);
    const { node } = process.versions;
    const machine = { cpus: cpus().length, node, platform: platform(), database: this.database };
    const at = new Date().toISOString();
    const result = {
      bench: name,
      at,
      machine,
      settings,
      rows,
      ratios: figures,
      requirements,
      audit,
    };
    await mkdir(RESULTS, { recursive: true });
    await writeFile(new URL(`${name}.json`, RESULTS), `${JSON.stringify(result, null, 2)}\n`);
  }
}

/**
 * Runs a bench command: reads its options, measures, prints a table and the required figures, and writes
 * `bench/results/NAME.json`. The exit code is 1 when the books are wrong or something unexpected was answered; a figure
 * that is not reached is printed, and is no failure.
 */
export async function runBench(
  name: string,
  requirements: readonly Requirement[],
  body: (bench: Bench) => Promise<void>,
  more: MoreOptions = {},
): Promise<void> {
  const bench = readOptions(name, requirements, more);
  if (bench === undefined) return;
  try {
    await body(bench);
    await bench.report('ok');
  } catch (fault) {
    process.exitCode = 1;
    if (!(fault instanceof BenchFailed)) throw fault;
    await bench.report(fault.message);
    for (const line of fault.lines) bench.say(`FAILED: ${line}`);
  }
}

function readOptions(
  name: string,
  requirements: readonly Requirement[],
  { numbers = [], texts = [] }: MoreOptions,
): Bench | undefined {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      options: {
        small: { type: 'boolean', default: false },
        ...Object.fromEntries(['seconds', ...numbers, ...texts].map((each) => [each, text])),
      },
    });
    const { small, ...given } = values as { small: boolean } & Record<string, string>;
    const options = Object.entries(given).map(([option, value]) => [
      option,
      texts.includes(option) ? value : asNumber(option, value),
    ]);
    return new Bench(name, requirements, small, Object.fromEntries(options) as Options);
  } catch (fault) {
    process.exitCode = 1;
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    return undefined;
  }
}

function asNumber(option: string, value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new RangeError(`--${option} must be a number above 0`);
  return number;
}
