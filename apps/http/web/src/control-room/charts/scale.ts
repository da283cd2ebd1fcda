/** What is drawn: one value for each moment; null where there is none. */
export interface Series {
  readonly name: string;
  /** Told apart by colour and by the dashes of its line. */
  readonly tone: 'seal' | 'blue' | 'green' | 'ink';
  readonly values: readonly (number | null)[];
}

const STEPS = [1, 2, 2.5, 5, 10] as const;

/** The least round number that is at least `value` and `least`, so that the scale seldom changes. */
export function roundUp(value: number, least: number): number {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = STEPS.find((each) => each * power >= wanted) ?? 10;
  return step * power;
}

/** The highest of all values; 0 without any. */
export const highestOf = (series: readonly Series[]): number =>
  Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));

/**
 * The `d` of a line through the values: from left to right over `width`, the newest at its end, `most` at the top of `height`.
 * Where there is no value, there is no line.
 */
export function linePath(
  values: readonly (number | null)[],
  { width, height, most, room }: LineFrame,
): string {
  const step = width / Math.max(1, room - 1);
  const left = width - (values.length - 1) * step;
  let pen = 'M';
  return values
    .map((value, at) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const y = height - (Math.min(value, most) / most) * height;
      const point = `${pen}${round(left + at * step)} ${round(y)}`;
      pen = 'L';
      return point;
    })
    .join('');
}

export interface LineFrame {
  readonly width: number;
  readonly height: number;
  /** The value at the top. */
  readonly most: number;
  /** How many values there is room for; fewer stand at the right. */
  readonly room: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;
