import { describe, expect, it } from '@jest/globals';
import { aboutOf, fitting } from './beyond.js';

describe('What was read beyond the newest page of a list', () => {
  const completed = aboutOf(['COMPLETED', 7]);
  const beyond = { items: ['an older order'], nextCursor: null, about: completed, after: 'place' };

  it('goes on below that page', () => {
    expect(fitting(beyond, aboutOf(['COMPLETED', 7]), 'place')).toBe(beyond);
  });

  it('is of no use below a page that ends elsewhere', () => {
    expect(fitting(beyond, completed, 'another place')).toBeNull();
    expect(fitting(beyond, completed, null)).toBeNull();
  });

  it('is of no use in another list, though its newest page ends at the same place', () => {
    expect(fitting(beyond, aboutOf([null, 7]), 'place')).toBeNull();
    expect(fitting(beyond, aboutOf(['COMPLETED', null]), 'place')).toBeNull();
  });
});
