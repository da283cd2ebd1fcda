import type { Shop } from '@jumun/application';
import { pino } from 'pino';
import { bufferedOutput } from '../../apps/http/dist/log-output.js';
import { HttpServer } from '../../apps/http/dist/server.js';
import type { OpenedShop } from './opened-shop.ts';
import { SECRET } from './service.ts';

// A process: node front-process.ts SHOP_MODULE SETTINGS. It ends on SIGTERM, when everything begun is answered.

interface ShopModule {
  readonly openShop: (settings: unknown) => Promise<OpenedShop>;
}

const [shopModule = '', settings = '{}'] = process.argv.slice(2);

const { openShop } = (await import(shopModule)) as ShopModule;
const opened = await openShop(JSON.parse(settings));
const server = new HttpServer({
  // Whatever the bench asks for, it has; it takes whatever comes, and has no news.
  shop: Object.assign(opened.shop as Shop, {
    isBusyWithOrders: () => false,
    isBusyWithCoupons: () => false,
    watchPopular: () => () => {},
  }),
  probes: {},
  tokens: { secret: SECRET, issuer: null, audience: null },
  devTokens: false,
  logger: pino({ level: 'info', base: { app: 'http' } }, bufferedOutput()),
});

process.once('SIGTERM', () => {
  server.close().then(
    () => opened.close(),
    (fault: unknown) => {
      process.exitCode = 1;
      process.stderr.write(`${String(fault)}\n`);
    },
  );
});

await server.listen(0, '127.0.0.1');
