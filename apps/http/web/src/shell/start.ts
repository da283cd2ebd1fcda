import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { startLanguage } from './language.js';
import { type Persona, startSession } from './session.js';
import { startTheme } from './theme.js';

/** Shows an app in the page. What is public is shown at once; who is looking is found out meanwhile. */
export function start(app: ComponentChild, usual: Persona): void {
  startLanguage();
  startTheme();
  startSession(usual).catch(() => {});
  const place = document.querySelector('#app');
  if (place !== null) render(app, place);
}
