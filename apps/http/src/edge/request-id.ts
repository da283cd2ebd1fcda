import { randomUUID } from 'node:crypto';

const SANE = /^[\w.:-]{1,128}$/;

/** The caller's own id of the request when it is a sane one, so that logs on both sides agree; else a fresh one. */
export const requestIdOf = (header: string | string[] | undefined): string =>
  typeof header === 'string' && SANE.test(header) ? header : randomUUID();
