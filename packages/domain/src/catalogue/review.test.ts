import { describe, expect, it } from '@jest/globals';
import { productId, reviewId, userId } from '../shared/ids.js';
import { InvariantViolation } from '../shared/invariant.js';
import { NOON } from '../testing/index.js';
import { MAX_REVIEW_LENGTH, review } from './review.js';

const words = {
  id: reviewId(1),
  productId: productId(103),
  userId: userId(1),
  rating: 5,
  text: '손에 잘 맞아요',
  createdAt: NOON,
};

describe('A review', () => {
  it('says what the buyer said', () => {
    expect(review(words)).toEqual(words);
  });

  it.each([1, 3, 5])('may give %d stars', (rating) => {
    expect(review({ ...words, rating }).rating).toBe(rating);
  });

  it.each([0, 6, 4.5, -1, Number.NaN])('never gives %d stars', (rating) => {
    expect(() => review({ ...words, rating })).toThrow(InvariantViolation);
  });

  it('may have no text, or 2,000 characters, and not one more', () => {
    const longest = '가'.repeat(MAX_REVIEW_LENGTH);
    expect(review({ ...words, text: '' }).text).toBe('');
    expect(review({ ...words, text: longest }).text).toHaveLength(2_000);
    expect(() => review({ ...words, text: `${longest}가` })).toThrow(InvariantViolation);
  });
});
