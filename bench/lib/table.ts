import type { Requirement, Row } from './figures.ts';

/** A requirement, and what came out. */
type Measured = Requirement & { readonly measured: number | undefined };

/** Three significant digits, and thousands apart. */
const number = (value: number | undefined): string =>
  value === undefined
    ? ''
    : value >= 1_000
      ? Math.round(value).toLocaleString('en-US')
      : String(Number(value.toPrecision(3)));

const times = (value: number | undefined): string =>
  value === undefined ? '' : `${number(value)} x`;

/** The rows as a table of aligned columns; latencies are in milliseconds. */
export function tableLines(rows: readonly Row[]): readonly string[] {
  const heading = [
    'variant',
    'shape',
    'per second',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'max ms',
    'ratio',
  ];
  const cells = rows.map(({ variant, shape, perSecond, latency, ratio, note }) => [
    variant,
    shape,
    number(perSecond),
    ...[latency?.p50, latency?.p95, latency?.p99, latency?.max].map(number),
    times(ratio),
    note ?? '',
  ]);
  return aligned([[...heading, ''], ...cells], 2);
}

/** What was required, what came out, and whether that is enough. */
export function requirementLines(measured: readonly Measured[], small: boolean): readonly string[] {
  const heading = ['required', 'measured', 'at', 'required', 'aim', ''];
  const cells = measured.map((each) => [
    each.name,
    number(each.measured),
    each.atMost === true ? 'most' : 'least',
    number(each.required),
    number(each.aim),
    verdict(each, small),
  ]);
  return measured.length === 0 ? [] : aligned([heading, ...cells], 1);
}

function verdict({ measured, required, aim, atMost = false }: Measured, small: boolean): string {
  if (measured === undefined) return 'not measured';
  if (small) return 'a small run measures nothing';
  const reaches = (goal: number): boolean => (atMost ? measured <= goal : measured >= goal);
  if (!reaches(required)) return 'not met';
  return aim === undefined || reaches(aim) ? 'met' : 'met, short of the aim';
}

/** Columns side by side: the first `texts` of them begin, all others but the last end, at one place. */
function aligned(rows: readonly (readonly string[])[], texts: number): readonly string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const isText = column < texts || column === columns - 1;
        return isText ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
      })
      .join('  ')
      .trimEnd();
  const [heading = [], ...others] = rows;
  return [line(heading), widths.map((width) => '-'.repeat(width)).join('  '), ...others.map(line)];
}
