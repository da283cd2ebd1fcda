import type { Page } from './crowd-tasks.ts';
import { mintToken } from './tokens.ts';
import { bytesOf, type WireAnswer } from './wire.ts';

const SHOWN_AT_MOST = 200;

/** The request for a page, made beforehand. */
export interface PageRequest {
  readonly bytes: Buffer;
  /** What is wrong with an answer to it; null when it is a 200 with the page that was asked for. */
  readonly wrongIn: (answer: WireAnswer) => string | null;
}

export async function pageRequest({ path, customer, begins }: Page): Promise<PageRequest> {
  const token = customer === undefined ? {} : { token: await mintToken(customer) };
  const beginning = Buffer.from(begins);
  return {
    bytes: bytesOf({ method: 'GET', path, ...token }),
    wrongIn: ({ status, body }) =>
      status === 200 && startsWith(body, beginning)
        ? null
        : `${path}: ${status} ${body.toString().slice(0, SHOWN_AT_MOST)}`,
  };
}

const startsWith = (body: Buffer, begins: Buffer): boolean =>
  body.length >= begins.length && body.compare(begins, 0, begins.length, 0, begins.length) === 0;
