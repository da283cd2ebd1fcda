import { useLocation } from 'preact-iso';
import { Choice } from '../../shell/menu.js';
import { Page } from '../../shell/page.js';
import { popularText } from './messages.js';
import { PopularBoard } from './popular-board.js';
import {
  LIMITS,
  popularAddress,
  type PopularQuery,
  readPopularQuery,
  USUAL,
} from './popular-query.js';

const PATH = '/popular';
/** Who opens the whole ranking wants more than the first few. */
const WHOLE: PopularQuery = { ...USUAL, limit: 20 };

/** The whole ranking. */
export function PopularPage() {
  const t = popularText();
  const { query: given, route } = useLocation();
  const query = readPopularQuery(given, WHOLE);
  return (
    <Page title={t.title} titleHidden width="narrow">
      <PopularBoard path={PATH} usual={WHOLE} />
      <Choice
        legend={t.places}
        name="limit"
        options={LIMITS.map((limit) => [String(limit), t.place(limit)] as const)}
        chosen={String(query.limit)}
        onChoose={(limit) =>
          route(popularAddress(PATH, { ...query, limit: Number(limit) }, WHOLE), true)
        }
      />
    </Page>
  );
}
