import { afterEach, describe, expect, it } from '@jest/globals';
import { language, languageOf, messages } from './language.js';

afterEach(() => {
  language.value = 'ko';
});

describe('The language of the pages', () => {
  it('is the one that was chosen', () => {
    expect(languageOf('en', ['ko-KR'])).toBe('en');
    expect(languageOf('ko', ['en-US'])).toBe('ko');
  });

  it('is Korean for whoever prefers Korean to anything else, and English for the others', () => {
    expect(languageOf(null, ['ko-KR', 'en'])).toBe('ko');
    expect(languageOf(null, ['KO'])).toBe('ko');
    expect(languageOf(null, ['en-US', 'ko'])).toBe('en');
    expect(languageOf(null, ['fr'])).toBe('en');
    expect(languageOf(null, [])).toBe('en');
    expect(languageOf('tlh', ['ko'])).toBe('ko');
  });

  it('decides what is said, from one moment to the next', () => {
    const text = messages({
      ko: { left: (count: number) => `${count}개 남음` },
      en: { left: (count: number) => `${count} left` },
    });
    expect(text().left(3)).toBe('3개 남음');
    language.value = 'en';
    expect(text().left(3)).toBe('3 left');
  });
});
