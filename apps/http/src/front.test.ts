import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { ok } from '@jumun/domain';
import { pino } from 'pino';
import { z } from 'zod';
import { frontOf } from './front.js';
import { route } from './routes/route.js';

const BUSY = route({
  method: 'POST',
  path: '/busy',
  access: 'public',
  name: 'beBusy',
  tag: 'Orders',
  summary: 'Always refused',
  status: 200,
  answer: z.null(),
  isBusy: () => true,
  handle: () => ok({ body: null }),
});

type Line = Readonly<Record<string, unknown>>;

/** A front, what it lets through, and what it says. What it lets through is answered with `status`, where that is given. */
function aFront(status?: number) {
  const lines: Line[] = [];
  const served: string[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line) as Line) });
  const clock = { now: 0 };
  const deps = {
    routes: [BUSY],
    logger,
    isLeaving: () => false,
    isOurs: () => false,
    now: () => clock.now,
  };
  const front = frontOf(deps, ({ url = '' }, response) => {
    served.push(url);
    if (status === undefined) return;
    response.statusCode = status;
    response.emit('close');
  });
  const ask = (url: string, method = 'GET'): ServerResponse => {
    const request = Object.assign(new IncomingMessage(new Socket()), { method, url });
    const response = new ServerResponse(request);
    front(request, response);
    return response;
  };
  return { ask, lines, served, clock };
}

/** A response, once it is said that there is too much to do. */
async function refused(response: ServerResponse): Promise<ServerResponse> {
  while (!response.headersSent) await turnEnds();
  return response;
}

const turnEnds = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('The front', () => {
  it('begins what a crowd asks for at one moment in several turns, in the order of arrival', async () => {
    const { ask, served } = aFront();
    const urls = Array.from({ length: 100 }, (_, at) => `/${at}`);
    for (const url of urls) ask(url);
    await turnEnds();
    expect(served.length).toBeGreaterThan(0);
    expect(served.length).toBeLessThan(50);
    while (served.length < urls.length) await turnEnds();
    expect(served).toEqual(urls);
  });

  it('begins nothing for a client that has left while it waited, and says so in the log', async () => {
    const { ask, lines, served } = aFront();
    ask('/stays');
    ask('/leaves').destroy();
    await turnEnds();
    expect(served).toEqual(['/stays']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ msg: 'request', route: null, aborted: true });
  });

  it('tells of a hundred refusals of a route each second, and counts the others in the next line', async () => {
    const { ask, lines, served, clock } = aFront(409);
    for (let at = 0; at < 250; at += 1) ask('/wanted');
    while (served.length < 250) await turnEnds();
    expect(lines).toHaveLength(100);
    expect(lines.every((line) => line['untold'] === undefined)).toBe(true);
    clock.now = 1_000;
    ask('/wanted');
    while (served.length < 251) await turnEnds();
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toMatchObject({ status: 409, untold: 150 });
  });

  it('tells once a second how many it has refused because the shop is too busy', async () => {
    const { ask, lines, served, clock } = aFront();
    const refuse = async (): Promise<unknown> => {
      const { statusCode } = await refused(ask('/busy', 'POST'));
      return statusCode;
    };
    expect([await refuse(), await refuse(), await refuse()]).toEqual([503, 503, 503]);
    expect(lines.map(({ refused: count }) => count)).toEqual([1]);
    clock.now = 999;
    await refuse();
    expect(lines).toHaveLength(1);
    clock.now = 1_000;
    await refuse();
    expect(lines.map(({ refused: count }) => count)).toEqual([1, 4]);
    expect(served).toEqual([]);
  });

  it.each([200, 500])('tells of everything else, however much it is: %i', async (status) => {
    const { ask, lines, served } = aFront(status);
    for (let at = 0; at < 250; at += 1) ask('/wanted');
    while (served.length < 250) await turnEnds();
    expect(lines).toHaveLength(250);
  });
});
