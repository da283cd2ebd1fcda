import './catalogue.css';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { api } from '../../api/api.js';
import { useReading } from '../../api/use-reading.js';
import { language } from '../../shell/language.js';
import { Choice } from '../../shell/menu.js';
import { Page } from '../../shell/page.js';
import { ButtonLink } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { Empty } from '../../ui/placeholders.js';
import { ReadingView } from '../problems/reading-view.js';
import {
  catalogueAddress,
  type CatalogueQuery,
  readCatalogueQuery,
  SIZE,
} from './catalogue-query.js';
import { catalogueText } from './messages.js';
import { PageLinks } from './page-links.js';
import { ProductCards } from './product-cards.js';
import { SearchField } from './search-field.js';
import { useCategories } from './use-categories.js';

/** Stock is shown on every card, and so it is looked after. */
const EVERY_MS = 5_000;

/** Everything there is to buy. */
export function CataloguePage() {
  const t = catalogueText();
  const { query: given, route } = useLocation();
  const query = readCatalogueQuery(given);
  const choose = (chosen: Partial<CatalogueQuery>): void => {
    route(catalogueAddress({ ...query, page: 1, ...chosen }), true);
  };
  return (
    <Page title={t.title}>
      <div class="catalogue-choices">
        <SearchField text={query.text} onSearch={(text) => choose({ text })} />
        <Categories chosen={query.category} onChoose={(category) => choose({ category })} />
      </div>
      <Found query={query} />
    </Page>
  );
}

function Categories({
  chosen,
  onChoose,
}: {
  readonly chosen: string;
  readonly onChoose: (category: string) => void;
}) {
  const t = catalogueText();
  const categories = useCategories(chosen);
  return (
    <Choice
      legend={t.categories}
      name="category"
      options={[['', t.all], ...categories.map((each) => [each, each] as const)]}
      chosen={chosen}
      onChoose={onChoose}
      look="chips"
    />
  );
}

function Found({ query }: { readonly query: CatalogueQuery }) {
  const t = catalogueText();
  const { text, category, page } = query;
  const reading = useReading(
    (options) =>
      api.get(
        '/api/v1/products',
        {
          query: {
            page,
            size: SIZE,
            ...(text === '' ? {} : { q: text }),
            ...(category === '' ? {} : { category }),
          },
        },
        options,
      ),
    [text, category, page],
    { every: EVERY_MS },
  );
  const count = useRef<HTMLParagraphElement>(null);
  const shownPage = useRef(page);
  useEffect(() => {
    if (shownPage.current === page) return;
    shownPage.current = page;
    scrollTo(0, 0);
    count.current?.focus({ preventScroll: true });
  }, [page]);
  return (
    <>
      <p class="hint found" ref={count} tabIndex={-1} aria-live="polite">
        {reading.value !== null && t.found(formatNumber(reading.value.total, language.value))}
      </p>
      <ReadingView reading={reading} lines={8}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty title={t.none}>
              <p>{t.noneHelp}</p>
              <ButtonLink href="/products">{t.showAll}</ButtonLink>
            </Empty>
          ) : (
            <>
              <ProductCards products={items} />
              <PageLinks query={query} total={total} />
            </>
          )
        }
      </ReadingView>
    </>
  );
}
