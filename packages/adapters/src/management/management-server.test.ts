import { describe, expect, it } from '@jest/globals';
import { Metrics } from '../metrics/metrics.js';
import {
  type ManagementAddress,
  type ManagementDeps,
  ManagementPortUnavailable,
  startManagement,
} from './management-server.js';

const ANYWHERE: ManagementAddress = { port: 0, host: '127.0.0.1', isPortGiven: true };

async function whileManaged(
  use: (url: string, port: number, said: readonly string[]) => Promise<void>,
  deps: Partial<ManagementDeps> = {},
  address = ANYWHERE,
): Promise<void> {
  const said: string[] = [];
  const note = (_facts: object, text: string): void => {
    said.push(text);
  };
  const management = await startManagement(address, {
    metrics: new Metrics(),
    findDown: () => Promise.resolve([]),
    log: { info: note, warn: note },
    ...deps,
  });
  try {
    await use(`http://127.0.0.1:${management.port}`, management.port, said);
  } finally {
    await management.stop();
  }
}

describe('The management port', () => {
  it('tells metrics and health, and nothing else', () =>
    whileManaged(async (url) => {
      const metrics = await fetch(`${url}/metrics`);
      expect([metrics.status, await metrics.text()]).toEqual([
        200,
        expect.stringContaining('process_start_time_seconds'),
      ]);
      expect(await (await fetch(`${url}/livez?x=1`)).json()).toEqual({ status: 'alive' });
      expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
      expect((await fetch(`${url}/api/v1/products`)).status).toBe(404);
      const posted = await fetch(`${url}/metrics`, { method: 'POST' });
      expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expect((await fetch(`${url}/livez`, { method: 'HEAD' })).status).toBe(200);
    }));

  it('names what is down, and is alive all the same', () =>
    whileManaged(
      async (url) => {
        const ready = await fetch(`${url}/readyz`);
        expect([ready.status, await ready.json()]).toEqual([
          503,
          { status: 'not ready', down: ['database'] },
        ]);
        expect((await fetch(`${url}/livez`)).status).toBe(200);
      },
      { findDown: () => Promise.resolve(['database']) },
    ));

  it('has no metrics where nothing is counted', () =>
    whileManaged(
      async (url) => {
        expect((await fetch(`${url}/metrics`)).status).toBe(404);
      },
      { metrics: null },
    ));

  it('answers 500, and goes on, where a part cannot be counted', () => {
    const metrics = new Metrics();
    const family = { name: 'broken', help: 'x', kind: 'gauge', read: () => 1 } as const;
    metrics.add([family], () => {
      throw new Error('no');
    });
    return whileManaged(
      async (url, _port, said) => {
        expect((await fetch(`${url}/metrics`)).status).toBe(500);
        expect(said).toContain('the management port could not answer');
        expect((await fetch(`${url}/livez`)).status).toBe(200);
      },
      { metrics },
    );
  });

  it('is a free one where the usual one is taken, but never where somebody has chosen it', () =>
    whileManaged(async (_url, port) => {
      const usual = { ...ANYWHERE, port, isPortGiven: false };
      await whileManaged(
        async (url, other, said) => {
          expect(other).not.toBe(port);
          expect(said[0]).toBe('the usual management port is taken: a free one is used');
          expect((await fetch(`${url}/livez`)).status).toBe(200);
        },
        {},
        usual,
      );
      const chosen = whileManaged(async () => {}, {}, { ...ANYWHERE, port });
      await expect(chosen).rejects.toThrow(ManagementPortUnavailable);
      await expect(chosen).rejects.toThrow(`MANAGEMENT_PORT: ${port} is in use`);
    }));
});
