import type { DescribedProgram } from '@jumun/adapters';
import { VARIABLES } from './config.js';

const program = (main: string, purpose: string): DescribedProgram => ({
  command: `node apps/worker/dist/${main}.js`,
  purpose,
  variables: VARIABLES,
});

/** The mains of this app, as their operators are told of them. */
export const PROGRAMS = {
  worker: program('main', 'Does the background jobs, until it is told to stop.'),
  migrate: program(
    'migrate-main',
    'Brings the tables up to date, and ends. It is safe to run several at once.',
  ),
  rebuild: program(
    'rebuild-statistics-main',
    'Adds up all sales anew from the paid orders, makes the rankings, and ends.',
  ),
};
