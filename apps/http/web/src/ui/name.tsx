import { language } from '../shell/language.js';

const HANGUL = /\p{Script=Hangul}/u;

/** A name that somebody gave, such as a product's: read aloud in Korean where it is Korean and the page is not. */
export function Name({ children }: { readonly children: string }) {
  const isKorean = language.value !== 'ko' && HANGUL.test(children);
  return isKorean ? <span lang="ko">{children}</span> : <>{children}</>;
}
