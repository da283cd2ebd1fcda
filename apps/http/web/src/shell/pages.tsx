import type { ComponentType } from 'preact';
import { ErrorBoundary, lazy, Route, Router } from 'preact-iso';
import { ButtonLink } from '../ui/button.js';
import { Empty } from '../ui/placeholders.js';
import { shellText } from './messages.js';
import { noteNavigation, Page } from './page.js';

/** By its path, what shows a page; it is loaded when it is opened first. */
export type PageTable<Path extends string> = Readonly<Record<Path, ComponentType>>;

/** A page that is loaded when it is opened first. */
export const page = (load: () => Promise<ComponentType>): ComponentType =>
  lazy(load) as ComponentType;

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
  return (
    <ErrorBoundary onError={reloadOnce}>
      <Router onRouteChange={noteNavigation}>
        {Object.entries<ComponentType>(table).map(([path, component]) => (
          <Route key={path} path={path} component={component} />
        ))}
        <Route default component={NotFound} />
      </Router>
    </ErrorBoundary>
  );
}

/** A part that is no longer there belongs to a page from before a new version: the new page knows its own. */
function reloadOnce(fault: Error): void {
  const isMissing = /dynamically imported module|Importing a module/.test(fault.message);
  if (!isMissing) throw fault;
  location.reload();
}
