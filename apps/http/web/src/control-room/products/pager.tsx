import { language } from '../../shell/language.js';
import { ButtonLink } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { productsText } from './messages.js';

/** Leads from page to page of a list. */
export function Pager({
  page,
  pages,
  summary,
  href,
}: {
  readonly page: number;
  readonly pages: number;
  readonly summary: string;
  readonly href: (page: number) => string;
}) {
  const t = productsText();
  const number = (value: number): string => formatNumber(value, language.value);
  return (
    <nav class="pager" aria-label={t.pages}>
      {page > 1 && <ButtonLink href={href(page - 1)}>{t.before}</ButtonLink>}
      <span class="hint">
        {summary}
        {pages > 1 && ` · ${t.page(number(page), number(pages))}`}
      </span>
      {page < pages && <ButtonLink href={href(page + 1)}>{t.next}</ButtonLink>}
    </nav>
  );
}
