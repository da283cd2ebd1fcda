/** A metric as a process tells it. */
export interface ToldMetric {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  /** The names of its labels that came up. */
  readonly labels: ReadonlySet<string>;
}

/** Reads Prometheus' text format; a line that it does not know is a fault. */
export function parseMetrics(text: string): ReadonlyMap<string, ToldMetric> {
  const told = new Map<string, ToldMetric & { labels: Set<string> }>();
  let help = '';
  let current: (ToldMetric & { labels: Set<string> }) | undefined;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, helped] = /^# HELP \w+ (.+)$/.exec(line) ?? [];
    const [, name, type] = /^# TYPE (\w+) (counter|gauge|histogram|summary)$/.exec(line) ?? [];
    if (helped !== undefined) help = helped;
    else if (name !== undefined && type !== undefined) {
      current = { name, type, help, labels: new Set() };
      told.set(name, current);
    } else readSample(line, current);
  }
  return told;
}

function readSample(
  line: string,
  current: { name: string; labels: Set<string> } | undefined,
): void {
  // What has not been measured since the last look is `Nan`: Prometheus reads it in any case.
  const [, name = '', labels = '', value = ''] =
    /^(\w+)(?:\{(.*)\})? (-?[\d.e+-]+|NaN|[+-]?Inf)$/i.exec(line) ?? [];
  const isItsOwn =
    current !== undefined && name.replace(/_(bucket|sum|count)$/, '') === current.name;
  if (!(isItsOwn || name === current?.name) || value === '') {
    throw new Error(`not a sample of ${current?.name}: ${line}`);
  }
  for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) current?.labels.add(label);
}

/** The value of a sample, by its name and labels as they are written; undefined where there is none. */
export function sampleIn(text: string, sample: string): number | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.slice(sample.length + 1));
}
