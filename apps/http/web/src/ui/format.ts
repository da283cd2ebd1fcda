import type { Language } from '../shell/language.js';

const LOCALES: Readonly<Record<Language, string>> = { ko: 'ko-KR', en: 'en-GB' };

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Making a format takes longer than using it a thousand times. */
function kept<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(
  key: string,
  make: () => Format,
): Format {
  const known = formats.get(key) ?? make();
  formats.set(key, known);
  return known as Format;
}

/** A whole number with separators: `1,250`. */
export const formatNumber = (value: number, language: Language): string =>
  kept(`number ${language}`, () => new Intl.NumberFormat(LOCALES[language])).format(value);

/** Won, as a reader of the language expects them: `25,000원`, `₩25,000`. */
export function formatWon(won: number, language: Language): string {
  if (language === 'ko') return `${formatNumber(won, language)}원`;
  return kept(
    'won en',
    () =>
      new Intl.NumberFormat(LOCALES.en, {
        style: 'currency',
        currency: 'KRW',
        currencyDisplay: 'narrowSymbol',
      }),
  ).format(won);
}

/** A moment with its date, in the time zone of the reader: `11월 22일 오후 6:40`. */
export const formatMoment = (at: string | number, language: Language): string =>
  kept(
    `moment ${language}`,
    () =>
      new Intl.DateTimeFormat(LOCALES[language], {
        month: 'short',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
      }),
  ).format(new Date(at));

/** A time of the day in the time zone of the reader: `18:40:05`. */
export const formatTime = (at: string | number, language: Language): string =>
  kept(
    `time ${language}`,
    () =>
      new Intl.DateTimeFormat(LOCALES[language], {
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      }),
  ).format(new Date(at));

/** A calendar day that came as `2024-01-15`: `1월 15일`. It is a day wherever the reader is. */
export const formatDay = (day: string, language: Language): string =>
  kept(
    `day ${language}`,
    () =>
      new Intl.DateTimeFormat(LOCALES[language], {
        month: 'short',
        day: 'numeric',
        timeZone: 'UTC',
      }),
  ).format(new Date(`${day}T00:00:00Z`));
