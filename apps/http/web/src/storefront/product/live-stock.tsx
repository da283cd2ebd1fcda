import { useEffect, useRef, useState } from 'preact/hooks';
import { language } from '../../shell/language.js';
import { formatNumber } from '../../ui/format.js';
import { productText } from './messages.js';
import { FEW, isWorthTelling, type StockNews, stockNews } from './stock-change.js';

/** How many are left, as it changes while one looks. */
export function LiveStock({
  stock,
  isFresh,
}: {
  readonly stock: number;
  readonly isFresh: boolean;
}) {
  const t = productText();
  const before = useRef<number | null>(null);
  const [news, setNews] = useState<{ readonly what: StockNews; readonly at: number } | null>(null);
  const [told, setTold] = useState('');
  useEffect(() => {
    const what = stockNews(before.current, stock);
    before.current = stock;
    if (what === null) return;
    setNews((last) => ({ what, at: (last?.at ?? 0) + 1 }));
    if (isWorthTelling(what)) setTold(wordsOf(what, t));
  }, [stock]);
  const tone = stock === 0 ? 'gone' : stock <= FEW ? 'few' : 'enough';
  return (
    <p class={`live-stock live-stock-${tone}`}>
      <span class="number">{levelOf(stock, t)}</span>
      {news !== null && (news.what.kind === 'sold' || news.what.kind === 'added') && (
        <span key={news.at} class={`stock-news stock-news-${news.what.kind}`} aria-hidden="true">
          {wordsOf(news.what, t)}
        </span>
      )}
      {!isFresh && <span class="hint">{t.notFresh}</span>}
      <output class="sr">{told}</output>
    </p>
  );
}

type Words = ReturnType<typeof productText>;

function levelOf(stock: number, t: Words): string {
  if (stock === 0) return t.soldOut;
  return stock <= FEW ? t.lastOnes(stock) : t.stock(formatNumber(stock, language.value));
}

function wordsOf(news: StockNews, t: Words): string {
  switch (news.kind) {
    case 'sold-out':
      return t.soldOut;
    case 'back':
      return t.back(formatNumber(news.stock, language.value));
    case 'few':
      return t.lastOnes(news.stock);
    case 'sold':
      return t.sold(news.pieces);
    case 'added':
      return t.added(news.pieces);
  }
}
