import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What the build of the pages has left: texts, by name. */
export interface BuiltPages {
  /** Of the shop, and of the control room. */
  readonly shop: string;
  readonly admin: string;
  /** By their names, which change whenever their content does. */
  readonly assets: ReadonlyMap<string, string>;
}

/** The same from src and from dist: both lie at apps/http/X/pages. */
const FOLDER = new URL('../../dist-pages/', import.meta.url);

/** Reads what was built; null where nothing was. */
export function readBuiltPages(folder = FOLDER): BuiltPages | null {
  const assets = new URL('assets/', folder);
  if (!existsSync(new URL('index.html', folder)) || !existsSync(assets)) return null;
  return {
    shop: readFileSync(new URL('index.html', folder), 'utf8'),
    admin: readFileSync(new URL('admin.html', folder), 'utf8'),
    assets: new Map(
      readdirSync(assets).map((name) => [name, readFileSync(new URL(name, assets), 'utf8')]),
    ),
  };
}
