/** Something in the environment is wrong; `lines` names each variable and says what, never what the value was. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/** What was found wrong with a variable, as validators tell of it. */
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The error that names every variable with an issue, one a line. */
export const configErrorOf = (issues: readonly Issue[]): ConfigError =>
  new ConfigError(issues.map(({ path, message }) => `${path.join('.')}: ${message}`));

/** The variables that are set: a blank one counts as not set. */
export const variablesSet = (
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
