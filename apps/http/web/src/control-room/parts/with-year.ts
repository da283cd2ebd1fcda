import type { Language } from '../../shell/language.js';

const FORMATS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  ko: new Intl.DateTimeFormat('ko-KR', { dateStyle: 'medium', timeStyle: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
};

/** A moment with its year, in the time zone of the reader: `2026. 1. 1. 오전 9:00`. */
export const withYear = (at: string, language: Language): string =>
  FORMATS[language].format(new Date(at));
