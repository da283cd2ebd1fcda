import type { BrowserContextOptions } from 'playwright-core';

export type Language = 'ko' | 'en';
export type Theme = 'light' | 'dark';

/** With what somebody looks at the pages. */
export interface Setting {
  readonly name: string;
  readonly language: Language;
  readonly options: BrowserContextOptions;
}

/** As the smallest phones that are still about. */
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };

export const ON_A_PHONE: Setting = {
  name: 'in Korean on a phone',
  language: 'ko',
  options: { locale: 'ko-KR', viewport: PHONE, hasTouch: true, isMobile: true },
};

/** Whoever does not want motion gets none; the others get it, so both are looked at. */
export const ON_A_DESKTOP: Setting = {
  name: 'in English on a desktop',
  language: 'en',
  options: { locale: 'en-GB', viewport: DESKTOP, reducedMotion: 'reduce' },
};

export const SETTINGS: readonly Setting[] = [ON_A_PHONE, ON_A_DESKTOP];
