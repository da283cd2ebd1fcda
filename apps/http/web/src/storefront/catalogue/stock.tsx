import { language } from '../../shell/language.js';
import { Badge } from '../../ui/badge.js';
import { formatNumber } from '../../ui/format.js';
import { catalogueText } from './messages.js';

/** From so few on, it is worth a word. */
const FEW = 5;

/** How many are left, in a word. */
export function Stock({ stock }: { readonly stock: number }) {
  const t = catalogueText();
  if (stock === 0) return <Badge tone="bad">{t.soldOut}</Badge>;
  if (stock <= FEW) return <Badge tone="wait">{t.last(stock)}</Badge>;
  return <span class="hint number">{t.stock(formatNumber(stock, language.value))}</span>;
}
