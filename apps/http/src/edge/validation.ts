import { err, ok, type Result } from '@jumun/domain';
import type { z } from 'zod';
import type { FieldError, Refusal } from '../problems.js';

/** That a request is not valid, and why. */
export type Invalid = Extract<Refusal, { readonly code: 'VALIDATION_FAILED' }>;

/** Enough to mend a request by; a body full of faults must not make an answer larger than itself. */
const MAX_ERRORS = 20;
const MAX_PATH_LENGTH = 100;

type Checked<Value> = Result<Value, readonly FieldError[]>;

/** Checks a part of a request by its schema. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Checked<z.output<Schema>> {
  const checked = schema.safeParse(value, {
    error: ({ code, input }) =>
      code === 'invalid_type' && input === undefined ? 'is required' : undefined,
  });
  return checked.success ? ok(checked.data) : err(checked.error.issues.flatMap(fieldErrorsOf));
}

/** Checks the parameters of a query: those the schema names, each given at most once; others are ignored. */
export function checkQuery<Schema extends z.ZodObject>(
  schema: Schema,
  search: URLSearchParams,
): Checked<z.output<Schema>> {
  const names = Object.keys(schema.shape);
  // Most routes name none.
  if (names.length === 0) return ok({} as z.output<Schema>);
  const query: Record<string, string> = {};
  const repeated: FieldError[] = [];
  for (const path of names) {
    const [value, ...more] = search.getAll(path);
    if (value !== undefined) query[path] = value;
    if (more.length > 0) repeated.push({ path, message: 'is given more than once' });
  }
  return repeated.length > 0 ? err(repeated) : check(schema, query);
}

/** The refusal that tells these errors: the first one of each field. */
export function invalid(...errors: readonly FieldError[]): Invalid {
  const firsts = new Map<string, string>();
  for (const { path, message } of errors) {
    if (firsts.size < MAX_ERRORS && !firsts.has(path)) firsts.set(path, message);
  }
  return {
    code: 'VALIDATION_FAILED',
    errors: [...firsts].map(([path, message]) => ({
      path: path.slice(0, MAX_PATH_LENGTH),
      message,
    })),
  };
}

/** The path is dotted: `items.0.quantity`. Each unknown field is an error of its own. */
function fieldErrorsOf(issue: z.core.$ZodIssue): readonly FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, MAX_ERRORS)
      .map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not a known field' }));
  }
  return [{ path: issue.path.join('.'), message: issue.message }];
}
