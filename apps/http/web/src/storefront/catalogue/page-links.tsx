import { catalogueText } from './messages.js';
import { catalogueAddress, type CatalogueQuery, pagesNear, pagesOf } from './catalogue-query.js';
import { Icon } from '../../ui/icon.js';

/** Links to the other pages of the catalogue. */
export function PageLinks({
  query,
  total,
}: {
  readonly query: CatalogueQuery;
  readonly total: number;
}) {
  const t = catalogueText();
  const last = pagesOf(total);
  if (last === 1) return null;
  const { page } = query;
  const to = (wanted: number): string => catalogueAddress({ ...query, page: wanted });
  return (
    <nav class="page-links" aria-label={t.pages}>
      {page > 1 && (
        <a href={to(page - 1)} rel="prev">
          <Icon name="left" />
          <span class="sr">{t.previous}</span>
        </a>
      )}
      {pagesNear(page, last).map((each, at) =>
        each === null ? (
          <span key={`gap ${at}`}>…</span>
        ) : (
          <a key={each} href={to(each)} aria-current={each === page ? 'page' : undefined}>
            <span class="sr">{t.page(each)}</span>
            <span aria-hidden="true">{each}</span>
          </a>
        ),
      )}
      {page < last && (
        <a href={to(page + 1)} rel="next">
          <Icon name="right" />
          <span class="sr">{t.next}</span>
        </a>
      )}
    </nav>
  );
}
