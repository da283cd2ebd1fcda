import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type BodySource, readJson } from './body.js';

/** A request that announced ten bytes. */
const request = (): PassThrough & BodySource =>
  Object.assign(new PassThrough(), {
    headers: { 'content-type': 'application/json', 'content-length': '10' },
  });

const CUT_OFF = { code: 'MALFORMED_REQUEST' };

describe('A body', () => {
  it('that is cut short is not taken for a whole one', async () => {
    const source = request();
    const read = readJson(source);
    source.write('{}');
    source.destroy();
    expect((await read)._unsafeUnwrapErr()).toEqual(CUT_OFF);
  });

  it('whose client was gone before it was read is not waited for', async () => {
    const source = request();
    source.write('{}');
    source.destroy();
    await once(source, 'close');
    expect((await readJson(source))._unsafeUnwrapErr()).toEqual(CUT_OFF);
  });

  it('that breaks is not taken for a whole one', async () => {
    const source = request();
    const read = readJson(source);
    source.write('{}');
    source.destroy(new Error('ECONNRESET'));
    expect((await read)._unsafeUnwrapErr()).toEqual(CUT_OFF);
  });

  it('may come in pieces, cut anywhere', async () => {
    const source = request();
    const read = readJson(source);
    for (const byte of Buffer.from('"무선"')) source.write(Buffer.from([byte]));
    source.end();
    expect((await read)._unsafeUnwrap()).toBe('무선');
  });

  it('that goes on for ever is refused at once, and hung up on in the end', async () => {
    const source = request();
    const read = readJson(source);
    const piece = Buffer.alloc(1_000_000);
    source.write(piece);
    expect((await read)._unsafeUnwrapErr()).toEqual({ code: 'PAYLOAD_TOO_LARGE', limit: 100_000 });
    for (let sent = 0; sent < 10; sent += 1) source.write(piece);
    await once(source, 'close');
    expect(source.destroyed).toBe(true);
  });
});
