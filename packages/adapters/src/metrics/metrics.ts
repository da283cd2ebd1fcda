import type { DistributionSnapshot } from '@jumun/application';
import { collectDefaultMetrics, type Metric, Registry } from 'prom-client';
import type { Family, Labels, Reading } from './family.js';

/** A line of the text, as prom-client takes it. */
interface Line {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly metricName?: string;
}

const NO_LABELS: Labels = {};

/**
 * What a process has counted, as Prometheus reads it. The parts of the shop count for themselves, in plain numbers; nothing
 * here is touched before somebody asks. A part becomes visible by `add`: its families, and where its counts are.
 */
export class Metrics {
  private readonly registry = new Registry();

  /** Has those of the process itself already: memory, event loop, garbage collection. */
  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** What the text is, for the header of the answer. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** Adds metrics that are read from `counts` each time that somebody asks. A name can be added once. */
  add<Counts>(families: readonly Family<Counts>[], counts: () => Counts | Promise<Counts>): void {
    for (const family of families) {
      const { name, help, kind: type } = family;
      const metric = {
        name,
        help,
        type,
        get: async () => ({ name, help, type, values: linesOf(family, await counts()) }),
      };
      // The registry asks a metric for no more than this, though its type says so.
      this.registry.registerMetric(metric as unknown as Metric);
    }
  }

  /** Everything, in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}

function linesOf<Counts>(family: Family<Counts>, counts: Counts): readonly Line[] {
  if (family.kind === 'histogram') {
    const { name, scale } = family;
    return samplesOf(family.read(counts)).flatMap(([labels, distribution]) =>
      bucketsOf(name, labels, distribution, scale),
    );
  }
  return samplesOf(family.read(counts)).map(([labels, value]) => ({ labels, value }));
}

const samplesOf = <Figure>(
  reading: Reading<Figure>,
): readonly (readonly [labels: Labels, figure: Figure])[] =>
  Array.isArray(reading)
    ? (reading as readonly (readonly [Labels, Figure])[])
    : [[NO_LABELS, reading as Figure]];

/** Prometheus counts in each bucket what is in the smaller ones too. */
function bucketsOf(
  name: string,
  labels: Labels,
  { bounds, counts, count, sum }: DistributionSnapshot,
  scale: number,
): readonly Line[] {
  const metricName = `${name}_bucket`;
  let below = 0;
  const buckets = bounds.map((bound, at): Line => {
    below += counts[at] ?? 0;
    return { metricName, labels: { ...labels, le: bound / scale }, value: below };
  });
  return [
    ...buckets,
    { metricName, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: sum / scale },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
