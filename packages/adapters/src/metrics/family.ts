import type { DistributionSnapshot } from '@jumun/application';

/** Names and values of a sample's labels. None of them may come from a request as it was sent. */
export type Labels = Readonly<Record<string, string>>;

/** One figure, or one for each set of labels. */
export type Reading<Figure> = Figure | readonly (readonly [labels: Labels, figure: Figure])[];

interface Described {
  /** As Prometheus names metrics: with the unit, and `_total` at the end of a counter. */
  readonly name: string;
  /** One sentence for whoever looks at a dashboard. */
  readonly help: string;
}

/** A metric, and how it is read from what a part of the shop has counted. */
export type Family<Counts> = Described &
  (
    | {
        readonly kind: 'counter' | 'gauge';
        readonly read: (counts: Counts) => Reading<number>;
      }
    | {
        readonly kind: 'histogram';
        /** How many of the distribution's units make one of the metric's: 1,000 for milliseconds that are told in seconds. */
        readonly scale: number;
        readonly read: (counts: Counts) => Reading<DistributionSnapshot>;
      }
  );

/** What only grows while the process lives. */
export const counter = <Counts>(
  name: string,
  help: string,
  read: (counts: Counts) => Reading<number>,
): Family<Counts> => ({ name, help, kind: 'counter', read });

/** What goes up and down. */
export const gauge = <Counts>(
  name: string,
  help: string,
  read: (counts: Counts) => Reading<number>,
): Family<Counts> => ({ name, help, kind: 'gauge', read });

/** How a figure was distributed. */
export const histogram = <Counts>(
  name: string,
  help: string,
  read: (counts: Counts) => Reading<DistributionSnapshot>,
  scale = 1,
): Family<Counts> => ({ name, help, kind: 'histogram', scale, read });

const MS_PER_SECOND = 1_000;

/** How long something took, where the shop measures milliseconds and Prometheus wants seconds. */
export const seconds = <Counts>(
  name: string,
  help: string,
  read: (counts: Counts) => Reading<DistributionSnapshot>,
): Family<Counts> => histogram(name, help, read, MS_PER_SECOND);

/** A figure for each name of a record, told apart by one label. */
export const each = <Counts, Figure>(
  label: string,
  counts: Readonly<Record<string, Counts>>,
  read: (counts: Counts) => Figure,
): Reading<Figure> =>
  Object.entries(counts).map(([value, part]) => [{ [label]: value }, read(part)] as const);
