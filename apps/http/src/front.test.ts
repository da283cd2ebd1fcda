import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { frontOf } from './front.js';

type Line = Readonly<Record<string, unknown>>;

/** A front, what it lets through, and what it says. */
function aFront() {
  const lines: Line[] = [];
  const served: string[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line) as Line) });
  const deps = { routes: [], logger, isLeaving: () => false, isOurs: () => false };
  const front = frontOf(deps, ({ url = '' }) => served.push(url));
  const ask = (url: string): ServerResponse => {
    const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url });
    const response = new ServerResponse(request);
    front(request, response);
    return response;
  };
  return { ask, lines, served };
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
});
