import { type PageSettings, SETTINGS_NAME } from '../../../src/pages/page-settings.js';

const NONE: PageSettings = { personas: false, tokenUrl: null, signInUrl: null };

function read(): PageSettings {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${SETTINGS_NAME}"]`);
  // Served by Vite alone, there is a page without settings; then the shop beside it is one for trying.
  if (meta === null || meta.content === '') return { ...NONE, personas: import.meta.env.DEV };
  return { ...NONE, ...(JSON.parse(meta.content) as Partial<PageSettings>) };
}

/** What the server has told this page. */
export const settings: PageSettings = read();
