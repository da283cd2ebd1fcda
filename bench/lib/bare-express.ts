import { fileURLToPath } from 'node:url';
import { Child } from './child.ts';
import type { Service } from './service.ts';

const PROGRAM = fileURLToPath(new URL('../baselines/bare-express-process.ts', import.meta.url));

/** Starts a process that is nothing but Express, and answers each of these paths with its body as JSON. */
export async function startBareExpress(pages: Readonly<Record<string, unknown>>): Promise<Service> {
  const child = await Child.start([PROGRAM, JSON.stringify(pages)], { NODE_ENV: 'production' });
  const [, port] = await child.said(/"port":(\d+)/);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    async stop() {
      const code = await child.stop();
      if (code !== 0) throw new Error(`bare Express ended with ${code}`);
    },
  };
}
