import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventListener } from '../testing/event-listener.js';
import { type EventStream, EventStreams } from './event-streams.js';

const MOST_BUFFERED = 100_000;
/** What is told, and so large that no system keeps many of them for a reader. */
const large = (number: number): string => `id: ${number}\ndata: "${'x'.repeat(50_000)}"\n\n`;

const turn = (): Promise<void> => new Promise((resume) => setImmediate(resume));

describe('Streams of events', () => {
  let streams: EventStreams;
  let open: Set<EventStream>;
  let server: Server;
  let port: number;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    streams = new EventStreams({ mostBuffered: MOST_BUFFERED });
    open = new Set();
    server = createServer((request, response) => {
      const isLast = (): boolean => false;
      const fixed = { since: 0, requestId: 'x', path: '/', headers: [] };
      const exchange = { ...fixed, request, response, isLast };
      const stream = streams.open(exchange, 'id: 0\n\n', () => {
        if (stream !== null) open.delete(stream);
      });
      if (stream !== null) open.add(stream);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterEach(async () => {
    for (const each of sockets.splice(0)) each.destroy();
    await streams.close();
    server.closeAllConnections();
    server.close();
  });

  const listen = (): Promise<EventListener> => EventListener.listen(`http://127.0.0.1:${port}/`);

  /** A client that reads its first words, and then nothing. */
  async function aSleeper(): Promise<void> {
    const sleeper = connect(port, '127.0.0.1');
    sockets.push(sleeper);
    sleeper.on('error', () => {});
    sleeper.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(sleeper, 'data');
    sleeper.pause();
  }

  /** Tells one thing after another, each when the reader has heard the one before, until `enough`. */
  async function tellUntil(reader: EventListener, enough: () => boolean): Promise<number> {
    for (let number = 1; ; number += 1) {
      streams.tell([...open], large(number));
      await reader.until(`number ${number}`, () => reader.lastEventId === String(number));
      if (enough()) return number;
      expect(number).toBeLessThan(2_000);
    }
  }

  it('cut off who is too slow to read, and go on for the others', async () => {
    const reader = await listen();
    await aSleeper();
    const told = await tellUntil(reader, () => streams.counts().cutOff > 0);
    while (open.size > 1) await turn();
    expect(streams.counts()).toMatchObject({ open: 1, cutOff: 1 });
    expect(reader.events).toHaveLength(told);
  });

  it('keep no more for a reader than they are allowed to', async () => {
    const reader = await listen();
    await aSleeper();
    let most = 0;
    await tellUntil(reader, () => {
      for (const { response } of open) most = Math.max(most, response.writableLength);
      return streams.counts().cutOff > 0;
    });
    expect(most).toBeLessThanOrEqual(MOST_BUFFERED);
  });

  it('tell one thing after another, however many there are to be told', async () => {
    const readers = await Promise.all(Array.from({ length: 600 }, listen));
    const all = [...open];
    for (const number of [1, 2, 3]) streams.tell(all, `id: ${number}\ndata: ${number}\n\n`);
    await Promise.all(readers.map((each) => each.until('all', () => each.lastEventId === '3')));
    for (const { events } of readers) expect(events.map(({ data }) => data)).toEqual([1, 2, 3]);
    expect(streams.counts()).toEqual({ open: 600, sent: 1_800, cutOff: 0 });

    streams.tell(all, 'id: 4\ndata: 4\n\n');
    streams.tell(all.slice(-1), 'id: 5\ndata: 5\n\n');
    await Promise.all(readers.map((each) => each.until('it', () => each.events.length > 3)));
    while (!readers.some(({ lastEventId }) => lastEventId === '5')) await turn();
    const heard = readers.map(({ events }) => events.slice(3).map(({ data }) => data as number));
    expect(heard.filter((each) => each.includes(5))).toEqual([[4, 5]]);
  });

  it('let other work be done between while they tell many', async () => {
    await Promise.all(Array.from({ length: 600 }, listen));
    streams.tell([...open], 'data: 1\n\n');
    await turn();
    const { sent } = streams.counts();
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(600);
  });

  it('do not wait for a slow reader when they are closed', async () => {
    const reader = await listen();
    await aSleeper();
    await tellUntil(reader, () => [...open].some(({ response }) => response.writableLength > 0));
    await streams.close();
    await reader.until('the end', () => reader.isOver);
    while (open.size > 0) await turn();
    expect(streams.counts().open).toBe(0);
  });

  it('begin no more once they are closed', async () => {
    await streams.close();
    expect(streams.isFull).toBe(true);
    expect((await listen()).isOver).toBe(true);
  });
});
