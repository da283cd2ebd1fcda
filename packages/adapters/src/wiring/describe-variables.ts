/** What is known of a variable of the environment: whatever checks its value also tells of it. */
interface VariableSchema {
  meta(): { readonly description?: string | undefined; readonly unset?: unknown } | undefined;
  safeParse(value: undefined): { readonly success: boolean; readonly data?: unknown };
}

/** A variable as an operator is told of it. */
export interface DescribedVariable {
  readonly name: string;
  /** What is so when it is not set. */
  readonly preset: string;
  readonly meaning: string;
}

/** A program as its operator is told of it. */
export interface DescribedProgram {
  /** How it is started. */
  readonly command: string;
  /** What it does, in one sentence. */
  readonly purpose: string;
  readonly variables: readonly DescribedVariable[];
}

/** Describes variables by the very schemas that check them. Throws where one says nothing of its meaning. */
export function describeVariables(
  schemas: Readonly<Record<string, VariableSchema>>,
): readonly DescribedVariable[] {
  return Object.entries(schemas).map(([name, schema]) => {
    const { description, unset } = schema.meta() ?? {};
    if (description === undefined) throw new TypeError(`${name} has no description`);
    const preset = typeof unset === 'string' ? unset : told(schema.safeParse(undefined).data);
    return { name, preset, meaning: description };
  });
}

function told(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The answer to `--help`, for a terminal. */
export function helpFor({ command, purpose, variables }: DescribedProgram): string {
  const lines = variables.flatMap(({ name, preset, meaning }) => [
    `  ${name} (${preset})`,
    `      ${meaning.replaceAll('`', '')}`,
  ]);
  return [
    `Usage: ${command}`,
    '',
    purpose,
    '',
    'It is configured by its environment. In brackets, what is so without the variable:',
    '',
    ...lines,
    '',
  ].join('\n');
}

/** Whether the arguments of a program ask for help. */
export const asksForHelp = (args: readonly string[]): boolean =>
  args.includes('--help') || args.includes('-h');
