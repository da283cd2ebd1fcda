/** A fault as the log has it. */
export interface ToldFault {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: ToldFault;
  readonly errors?: readonly ToldFault[];
}

/** A fault that has these quotes a statement or a command, and so whatever a customer has sent. */
const QUOTING = ['sql', 'sqlMessage', 'command'] as const;
const WITHHELD = 'its words are withheld: they may quote what somebody has sent';
/** A chain of causes is not told further than this. */
const DEEPEST = 5;

/**
 * What the log tells of a fault: what it is, where it came from and because of what. Drivers hang whole statements on their
 * errors, with keys, texts and ids of customers in them, and quote them in their messages; so nothing is told but what is
 * named here.
 */
export function toldFault(fault: unknown, depth = 0): ToldFault {
  if (!isError(fault)) return { type: typeof fault, message: WITHHELD };
  const { name, message, cause, stack = '' } = fault;
  const { code } = fault as { readonly code?: unknown };
  const isQuoting = QUOTING.some((property) => property in fault);
  const errors = fault instanceof AggregateError ? (fault.errors as readonly unknown[]) : [];
  const isDeepest = depth >= DEEPEST;
  return {
    type: name,
    message: isQuoting ? WITHHELD : message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: isQuoting ? framesOf(stack) : stack,
    ...(cause === undefined || isDeepest ? {} : { cause: toldFault(cause, depth + 1) }),
    ...(errors.length === 0 || isDeepest
      ? {}
      : { errors: errors.map((each) => toldFault(each, depth + 1)) }),
  };
}

/** Also one that was made in another realm. */
const isError = (fault: unknown): fault is Error =>
  fault instanceof Error || Object.prototype.toString.call(fault) === '[object Error]';

/** The lines that say where, without those that say what. */
const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
