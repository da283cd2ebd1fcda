import { language } from '../shell/language.js';
import { formatWon } from './format.js';

/** Won in the reader's language, for texts: `25,000원`. Ask while rendering. */
export const money = (won: number): string => formatWon(won, language.value);

/** Won with figures of one width, so that columns of them stand straight. */
export function Money({ won }: { readonly won: number }) {
  return <span class="money">{money(won)}</span>;
}
