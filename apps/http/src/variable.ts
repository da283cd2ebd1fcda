import type { VariableRule } from '@jumun/adapters';
import { z } from 'zod';

/** A variable of the environment, read by a rule. */
export const variable = <Value>({ read, message }: VariableRule<Value>) =>
  z
    .string()
    .transform(read)
    .refine((value) => value !== undefined, message);
