import { Icon } from '../../ui/icon.js';
import { productText } from './messages.js';

export const RATINGS = [1, 2, 3, 4, 5] as const;

/** A rating, in stars and in words. */
export function Stars({ rating }: { readonly rating: number }) {
  const t = productText();
  return (
    <span class="stars">
      {RATINGS.map((each) => (
        <Icon key={each} name="star" filled={each <= Math.round(rating)} />
      ))}
      <span class="sr">{t.stars(rating)}</span>
    </span>
  );
}
