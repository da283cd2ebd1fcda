import type { ComponentType } from 'preact';
import { lazy, Route, Router, useLocation } from 'preact-iso';
import { useRef } from 'preact/hooks';
import { connection } from '../api/api.js';
import { ButtonLink } from '../ui/button.js';
import { Empty } from '../ui/placeholders.js';
import { Boundary, OutdatedPage } from './broken-page.js';
import { shellText } from './messages.js';
import { noteNavigation, Page } from './page.js';

/** By its path, what shows a page; it is loaded when it is opened first. */
export type PageTable<Path extends string> = Readonly<Record<Path, ComponentType>>;

type Load = () => Promise<ComponentType>;

/** A page that is loaded when it is opened first. */
export const page = (load: Load): ComponentType =>
  lazy(() => load().catch(() => loadAgain(load))) as ComponentType;

/** Once the shop can be reached: what still does not come then was of another version of the pages. */
async function loadAgain(load: Load): Promise<ComponentType> {
  connection.lost();
  await connection.whenWell();
  return load().catch(() => OutdatedPage);
}

function NotFound() {
  const t = shellText();
  return (
    <Page title={t.notFound} width="narrow">
      <Empty title={t.notFoundHelp}>
        <ButtonLink href="/products">{t.toProducts}</ButtonLink>
      </Empty>
    </Page>
  );
}

/** Shows the page of the address. */
export function Pages<Path extends string>({ table }: { readonly table: PageTable<Path> }) {
  const { path: here } = useLocation();
  const first = useRef(here);
  // Before the next page is shown, since that asks for it.
  if (here !== first.current) noteNavigation();
  return (
    <Boundary path={here}>
      <Router>
        {Object.entries<ComponentType>(table).map(([path, component]) => (
          <Route key={path} path={path} component={component} />
        ))}
        <Route default component={NotFound} />
      </Router>
    </Boundary>
  );
}
