import './popular.css';
import { useLocation } from 'preact-iso';
import { language } from '../../shell/language.js';
import { Choice } from '../../shell/menu.js';
import { formatDay, formatNumber, formatTime } from '../../ui/format.js';
import { Money, money } from '../../ui/money.js';
import { Name } from '../../ui/name.js';
import { Picture } from '../../ui/picture.js';
import { Empty } from '../../ui/placeholders.js';
import { useSlide } from '../../ui/use-slide.js';
import { ReadingView } from '../problems/reading-view.js';
import { popularText } from './messages.js';
import {
  DAYS,
  popularAddress,
  type PopularQuery,
  readPopularQuery,
  USUAL,
} from './popular-query.js';
import { RankChange } from './rank-change.js';
import { changeMark, type RankedProduct, type Ranking, shareOfLeader } from './ranking.js';
import type { StreamState } from './ranking-stream.js';
import { usePopular } from './use-popular.js';

/** The popular products of the address, with what can be asked of them. `usual` is what the page shows unasked. */
export function PopularBoard({
  path,
  usual = USUAL,
}: {
  readonly path: string;
  readonly usual?: PopularQuery;
}) {
  const { query: given, route } = useLocation();
  const query = readPopularQuery(given, usual);
  const { reading, stream, changes } = usePopular(query);
  const t = popularText();
  const choose = (chosen: Partial<PopularQuery>): void => {
    route(popularAddress(path, { ...query, ...chosen }, usual), true);
  };
  return (
    <section class="board" aria-labelledby="popular-title">
      <header class="board-head">
        <h2 id="popular-title">{t.title}</h2>
        <Live state={stream} />
      </header>
      <div class="board-choices">
        <Choice
          legend={t.days}
          name="days"
          options={DAYS.map((days) => [String(days), t.daysShort(days)] as const)}
          chosen={String(query.days)}
          onChoose={(days) => choose({ days: Number(days) })}
        />
        <Choice
          legend={t.sort}
          name="sort"
          options={[
            ['quantity', t.byQuantity],
            ['revenue', t.byRevenue],
          ]}
          chosen={query.sort}
          onChoose={(sort) => choose({ sort })}
        />
      </div>
      <ReadingView reading={reading} lines={10}>
        {(ranking) => <Places ranking={ranking} changes={changes} />}
      </ReadingView>
    </section>
  );
}

function Live({ state }: { readonly state: StreamState }) {
  const t = popularText();
  const word = state === 'live' ? t.live : state === 'broken' ? t.broken : t.connecting;
  return (
    <span class="live" data-state={state}>
      <i aria-hidden="true" />
      {word}
    </span>
  );
}

function Places({ ranking, changes }: { readonly ranking: Ranking; readonly changes: number }) {
  const t = popularText();
  const { period, totalQuantity, computedAt, items, sort } = ranking;
  const list = useSlide(items.map(({ productId }) => productId));
  if (items.length === 0) {
    return (
      <Empty title={t.none}>
        <p>{t.noneHelp}</p>
      </Empty>
    );
  }
  return (
    <>
      <ol class="places" ref={list}>
        {items.map((item) => (
          <Place
            key={item.productId}
            item={item}
            share={shareOfLeader(item, items, sort)}
            isFresh={changes > 0}
            sort={sort}
          />
        ))}
      </ol>
      <p class="board-foot hint">
        <span>
          <time dateTime={period.from}>{formatDay(period.from, language.value)}</time>
          {period.days > 1 && (
            <>
              {' – '}
              <time dateTime={period.to}>{formatDay(period.to, language.value)}</time>
            </>
          )}
        </span>
        <span>{t.total(formatNumber(totalQuantity, language.value))}</span>
        <span>{t.computed(formatTime(computedAt, language.value))}</span>
      </p>
    </>
  );
}

interface PlaceProps {
  readonly item: RankedProduct;
  readonly share: number;
  readonly sort: Ranking['sort'];
  readonly isFresh: boolean;
}

function Place({ item, share, sort, isFresh }: PlaceProps) {
  const t = popularText();
  const { rank, productId, name, price, quantitySold, revenue } = item;
  return (
    <li class="place" data-key={productId} data-first={rank === 1 || undefined}>
      <a href={`/products/${productId}`}>
        <span class="place-rank">
          <b aria-hidden="true">{rank}</b>
          <span class="sr">{t.rank(rank)}</span>
          {/* A mark that changes is a new one, and lights up anew. */}
          <RankChange key={`${rank} ${changeMark(item)}`} item={item} isFresh={isFresh} />
        </span>
        <Picture id={productId} name={name} />
        <span class="place-what">
          <span class="place-name">
            <Name>{name}</Name>
          </span>
          <Money won={price} />
        </span>
        <span class="place-figures" data-sort={sort}>
          <span class="place-sold">{t.soldPieces(formatNumber(quantitySold, language.value))}</span>
          <span class="place-revenue">{t.revenueOf(money(revenue))}</span>
        </span>
        <span class="place-bar" aria-hidden="true">
          <i style={{ scale: `${share} 1` }} />
        </span>
      </a>
    </li>
  );
}
