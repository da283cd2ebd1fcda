import { Component, type ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/placeholders.js';
import { shellText } from './messages.js';
import { Page } from './page.js';
import { keep, kept } from './preferences.js';

/** So long after a reload, another one would not help either. */
const PATIENCE_MS = 30_000;

function BrokenPage() {
  const t = shellText();
  return (
    <Page title={t.broken} width="narrow">
      <Empty title={t.brokenHelp}>
        <Button look="main" onClick={() => location.reload()}>
          {t.reload}
        </Button>
      </Empty>
    </Page>
  );
}

/** In the place of a page that is no longer there: the shop has new pages, and a reload brings them. */
export function OutdatedPage() {
  const [isHopeless, setHopeless] = useState(false);
  useEffect(() => {
    const last = Number(kept('reloaded', sessionStorage));
    if (Date.now() - last < PATIENCE_MS) return setHopeless(true);
    keep('reloaded', String(Date.now()), sessionStorage);
    location.reload();
  }, []);
  return isHopeless ? <BrokenPage /> : null;
}

interface BoundaryProps {
  readonly path: string;
  readonly children: ComponentChildren;
}

/** What goes wrong while a page is shown breaks that page, and not what stands around it. */
export class Boundary extends Component<BoundaryProps, { readonly brokenPath: string | null }> {
  override state = { brokenPath: null };

  override componentDidCatch(fault: unknown): void {
    this.setState({ brokenPath: this.props.path });
    // For the console, and whoever looks there.
    reportError(fault);
  }

  override render() {
    const { path, children } = this.props;
    return this.state.brokenPath === path ? <BrokenPage /> : children;
  }
}
