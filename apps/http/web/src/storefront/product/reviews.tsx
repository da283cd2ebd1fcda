import { useEffect, useRef } from 'preact/hooks';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { language } from '../../shell/language.js';
import { formatMoment, formatNumber } from '../../ui/format.js';
import { PagedList } from '../problems/paged-list.js';
import { usePages } from '../problems/use-pages.js';
import { who } from '../../shell/session.js';
import { productText } from './messages.js';
import { ReviewForm } from './review-form.js';
import { Stars } from './stars.js';

type Review = Schemas['Review'];

const AT_ONCE = 5;

/** What buyers say of a product, and a place to say it. */
export function Reviews({
  product: { id, rating },
}: {
  readonly product: Schemas['ProductDetails'];
}) {
  const t = productText();
  const pages = usePages<Review>(
    (cursor, options) =>
      api.get(
        '/api/v1/products/{id}/reviews',
        { path: { id }, query: { limit: AT_ONCE, ...(cursor === null ? {} : { cursor }) } },
        options,
      ),
    // With another review, there is more to tell.
    [id, rating.count],
  );
  const visitor = who.value;
  const section = useRef<HTMLElement>(null);
  // They were not there yet when the browser looked for them.
  useEffect(() => {
    if (location.hash === '#reviews') section.current?.scrollIntoView();
  }, []);
  return (
    <section class="reviews" id="reviews" ref={section} aria-labelledby="reviews-title">
      <header class="row">
        <h2 id="reviews-title">{t.reviews}</h2>
        {rating.count > 0 && (
          <span class="hint">
            {t.rating(rating.average.toFixed(1), formatNumber(rating.count, language.value))}
          </span>
        )}
      </header>
      {visitor !== null && <ReviewForm key={visitor.userId} id={id} onWritten={pages.readAgain} />}
      <PagedList pages={pages} look="review-list" empty={<p class="hint">{t.noReviews}</p>}>
        {(review) => (
          <li key={review.id} class="review">
            <p class="row">
              <Stars rating={review.rating} />
              <time class="hint" dateTime={review.createdAt}>
                {formatMoment(review.createdAt, language.value)}
              </time>
            </p>
            {review.text !== '' && <p class="review-text">{review.text}</p>}
          </li>
        )}
      </PagedList>
    </section>
  );
}
