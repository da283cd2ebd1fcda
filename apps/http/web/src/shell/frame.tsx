import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { Icon, type IconName } from '../ui/icon.js';
import { ConnectionBanner } from './connection-banner.js';
import { shellText } from './messages.js';
import { SettingsMenu } from './settings-menu.js';
import { SignInDialog } from './sign-in-dialog.js';
import { Toasts } from './toasts.js';
import { VisitorMenu } from './visitor-menu.js';

export interface FrameLink {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  /** A number beside it, such as of what lies in the cart. */
  readonly count?: number;
  /** What is read aloud, where that is more than the label. */
  readonly spoken?: string;
}

interface FrameProps {
  /** Which of the two places this is. */
  readonly place: 'shop' | 'control-room';
  readonly home: string;
  readonly name: string;
  readonly links: readonly FrameLink[];
  /** In the head, before the menus. */
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** What stands around every page. */
export function Frame({ place, home, name, links, tools, children }: FrameProps) {
  const t = shellText();
  return (
    <div class={`frame frame-${place}`}>
      <a class="skip" href="#content">
        {t.skip}
      </a>
      <header class="head">
        <a class="brand" href={home}>
          <Seal />
          <span>{name}</span>
        </a>
        <nav class="links" aria-label={t.navigation}>
          {links.map((link) => (
            <HeadLink key={link.href} {...link} />
          ))}
        </nav>
        <div class="tools">
          {tools}
          <SettingsMenu />
          <VisitorMenu place={place} />
        </div>
      </header>
      <ConnectionBanner />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer class="foot">
        <p>{t.made}</p>
        <a href="/docs">{t.apiDocs}</a>
      </footer>
      <Toasts />
      <SignInDialog />
    </div>
  );
}

function HeadLink({ href, label, icon, count = 0, spoken }: FrameLink) {
  const { path } = useLocation();
  const isHere = path === href || (href !== '/admin' && path.startsWith(`${href}/`));
  return (
    <a class="link" href={href} aria-current={isHere ? 'page' : undefined}>
      <Icon name={icon} />
      <span aria-hidden={spoken !== undefined}>{label}</span>
      {count > 0 && (
        <b class="count" aria-hidden={spoken !== undefined}>
          {count}
        </b>
      )}
      {spoken !== undefined && <span class="sr">{spoken}</span>}
    </a>
  );
}

/** The shop's seal: the first syllable of 주문, as it is cut in stone. */
function Seal() {
  return (
    <svg class="seal" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M9 8h14M16 8c-.5 4-3.500 6.500-7.500 7.500M16 8c.5 4 3.500 6.500 7.500 7.500M6.500 20h19M16 20v6.500" />
    </svg>
  );
}
