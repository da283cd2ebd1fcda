/** Writes docs/reference/configuration.md anew. The apps must have been built. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROGRAM } from '../apps/http/dist/config.js';
import { VARIABLES } from '../apps/worker/dist/config.js';
import { configurationPage } from './configuration-page.ts';

writeFileSync(
  path.join(import.meta.dirname, '../docs/reference/configuration.md'),
  configurationPage(PROGRAM.variables, VARIABLES),
);
