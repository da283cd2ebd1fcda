import { fileURLToPath } from 'node:url';
import { Child } from './child.ts';

const RECEIVER = fileURLToPath(new URL('receiver-process.ts', import.meta.url));
const WORKER_MAIN = fileURLToPath(new URL('../../apps/worker/dist/main.js', import.meta.url));

/** What messages to the platform of every bench are signed by. */
export const PLATFORM_SECRET = 'a secret of twenty-four bytes or more';
/** Where nobody listens. */
export const NOBODY = 'http://127.0.0.1:1/orders';

/** Runs `use` with a fast receiver in a process of its own, which verifies what it gets; it is told the URL. */
export async function withReceiver<T>(use: (url: string) => Promise<T>): Promise<T> {
  const child = await Child.start(['--disable-warning=ExperimentalWarning', RECEIVER], {});
  try {
    const [, port] = await child.said(/listening on (\d+)/);
    return await use(`http://127.0.0.1:${port}/orders`);
  } finally {
    await child.stop();
  }
}

/** Runs `use` while a worker, as in production, sends the messages of a database. */
export async function withWorker<T>(
  { databaseUrl, platformUrl }: { readonly databaseUrl: string; readonly platformUrl: string },
  use: () => Promise<T>,
): Promise<T> {
  const child = await Child.start([WORKER_MAIN], {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    PLATFORM_URL: platformUrl,
    PLATFORM_SECRET,
  });
  try {
    await child.said(/"msg":"working"/);
    return await use();
  } finally {
    await stopInGoodOrder(child);
  }
}

async function stopInGoodOrder(child: Child): Promise<void> {
  const code = await child.stop();
  if (code !== 0) throw new Error(`the worker ended with ${code}`);
}
