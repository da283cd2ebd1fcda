import { fileURLToPath } from 'node:url';
import { Child } from './child.ts';
import type { Service } from './service.ts';

/** Starts a process that is nothing but Express, and answers each of these paths with its body as JSON. */
export const startBareExpress = (pages: Readonly<Record<string, unknown>>): Promise<Service> =>
  start('bare-express', pages);

/** An answer as it goes out: the names and values of its headers in turn, and its body. */
export interface BareAnswer {
  readonly headers: readonly string[];
  readonly body: string;
}

/** Starts a process that is nothing but Node's own server, and answers everything with the same bytes. */
export const startBareHttp = (answer: BareAnswer): Promise<Service> => start('bare-http', answer);

async function start(name: string, settings: object): Promise<Service> {
  const program = fileURLToPath(new URL(`../baselines/${name}-process.ts`, import.meta.url));
  const child = await Child.start([program, JSON.stringify(settings)], { NODE_ENV: 'production' });
  const [, port] = await child.said(/"port":(\d+)/);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    async stop() {
      const code = await child.stop();
      if (code !== 0) throw new Error(`${name} ended with ${code}`);
    },
  };
}
