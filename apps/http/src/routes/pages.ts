import { err } from '@jumun/domain';
import { z } from 'zod';
import { PreparedAnswer } from '../edge/prepared-answer.js';
import { pageSecurityHeaders } from '../edge/security-headers.js';
import type { BuiltPages } from '../pages/built-pages.js';
import { ADMIN_PATHS, PAGE_ASSETS, SHOP_PATHS } from '../pages/page-paths.js';
import { type PageSettings, SETTINGS_NAME } from '../pages/page-settings.js';
import { sent } from './replies.js';
import { type Route, route } from './route.js';

/** What is served as pages, and what it is told. */
export interface PagesOptions {
  readonly built: BuiltPages;
  readonly settings: PageSettings;
}

const HEADERS = ['Cache-Control', 'ETag', 'Vary', 'Content-Encoding'] as const;

/** A page is asked for again each time, so that it names what belongs to it now; its ETag makes that cheap. */
const PAGE_KEEPING = 'no-cache';
/** The name of an asset changes with its content. */
const ASSET_KEEPING = 'public, max-age=31536000, immutable';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
};

/**
 * The pages for people: the shop and its control room. Each answers on its paths and nowhere else, so that a path which is
 * not there is still told as a problem. All bytes are prepared when the table is made; nobody's request reads a file.
 */
export function pageRoutes({ built, settings }: PagesOptions): readonly Route[] {
  const security = pageSecurityHeaders(originsIn(settings));
  const prepare = (body: string, type: string, keeping: string): PreparedAnswer => {
    const headers = { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': keeping };
    return new PreparedAnswer(body, headers, security);
  };
  const page = (html: string): PreparedAnswer =>
    prepare(withSettings(html, settings), 'text/html', PAGE_KEEPING);
  const assets = new Map(
    [...built.assets].map(([name, body]) => [name, prepare(body, typeOf(name), ASSET_KEEPING)]),
  );
  return [
    ...htmlRoutes(SHOP_PATHS, page(built.shop)),
    ...htmlRoutes(ADMIN_PATHS, page(built.admin)),
    route({
      method: 'GET',
      path: `${PAGE_ASSETS}/:file`,
      access: 'public',
      name: 'readPageAsset',
      tag: 'Pages',
      summary: 'What the pages load',
      params: z.object({ file: z.string() }),
      status: 200,
      answer: z.string(),
      // Scripts, style sheets and drawings.
      answerType: '*/*',
      answerHeaders: HEADERS,
      refusals: ['ROUTE_NOT_FOUND'],
      handle: async ({ params: { file } }) => {
        const asset = assets.get(file);
        return asset === undefined ? err({ code: 'ROUTE_NOT_FOUND' as const }) : sent(asset);
      },
    }),
  ];
}

const htmlRoutes = (paths: readonly string[], answer: PreparedAnswer): readonly Route[] =>
  paths.map((path) =>
    route({
      method: 'GET',
      path,
      access: 'public',
      name: nameOf(path),
      tag: 'Pages',
      summary: `The page at ${path}`,
      // Whatever stands there: it is the page that asks for the product or the order, and tells when there is none.
      params: z.object(path.includes(':id') ? { id: z.string() } : {}),
      status: 200,
      answer: z.string(),
      answerType: 'text/html',
      answerHeaders: HEADERS,
      // Where the pages are switched off, there is nothing here.
      refusals: ['ROUTE_NOT_FOUND'],
      handle: () => sent(answer),
    }),
  );

/** `/admin/products` is `openAdminProductsPage`; `/products/:id` is `openProductsIdPage`. */
function nameOf(path: string): string {
  const words = path.split(/\W+/).filter((word) => word !== '');
  return `open${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Page`;
}

const typeOf = (name: string): string =>
  TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** Puts what the pages are told where they look for it. */
function withSettings(html: string, settings: PageSettings): string {
  const empty = `<meta name="${SETTINGS_NAME}" content="" />`;
  if (!html.includes(empty)) throw new Error(`a page without ${empty} cannot be told anything`);
  const content = JSON.stringify(settings).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  // As a function, so that nothing in it is read as a pattern.
  return html.replace(empty, () => empty.replace('content=""', `content="${content}"`));
}

/** Whom the pages may ask beside this server. */
const originsIn = ({ tokenUrl }: PageSettings): readonly string[] =>
  tokenUrl === null ? [] : [new URL(tokenUrl).origin];
