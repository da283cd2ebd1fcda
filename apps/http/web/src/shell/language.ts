import { effect, signal } from '@preact/signals';
import { keep, kept } from './preferences.js';

export type Language = 'ko' | 'en';

type Message = string | ((...values: never[]) => string);
/** The same messages in another language: none missing, none more, made of the same values. */
type Translated<Messages> = {
  readonly [Name in keyof Messages]: Messages[Name] extends string ? string : Messages[Name];
};

/** The language of a visitor's choice, else Korean for whoever's browser prefers it, else English. */
export function languageOf(chosen: string | null, preferred: readonly string[]): Language {
  if (chosen === 'ko' || chosen === 'en') return chosen;
  return preferred[0]?.toLowerCase().startsWith('ko') === true ? 'ko' : 'en';
}

/** What the pages speak now. */
export const language = signal<Language>('ko');

/**
 * Messages in both languages; a message that one of them lacks does not compile. Ask for them while rendering, and what is
 * rendered follows the language.
 */
export function messages<const Korean extends Readonly<Record<string, Message>>>(both: {
  readonly ko: Korean;
  readonly en: NoInfer<Translated<Korean>>;
}): () => Translated<Korean> {
  return () => both[language.value] as Translated<Korean>;
}

/** Speaks the visitor's language, and tells the document, so that it is read aloud in it. */
export function startLanguage(): void {
  language.value = languageOf(kept('language'), navigator.languages);
  effect(() => {
    document.documentElement.lang = language.value;
  });
}

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  keep('language', chosen);
}
