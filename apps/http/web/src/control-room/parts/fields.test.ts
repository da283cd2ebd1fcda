import { describe, expect, it } from '@jest/globals';
import { forMomentField, momentIn, numberIn, textIn } from './fields.js';

const fieldsOf = (fields: Readonly<Record<string, string>>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

describe('A field', () => {
  it('is read without the blanks around it, and is empty where it is not there', () => {
    expect(textIn(fieldsOf({ name: '  무선 마우스 ' }), 'name')).toBe('무선 마우스');
    expect(textIn(fieldsOf({}), 'name')).toBe('');
  });

  it.each([
    ['25000', 25_000],
    ['25,000', 25_000],
    ['0', 0],
    ['', null],
    ['-1', null],
    ['1.5', null],
    ['1e3', null],
    ['9999999999999999', null],
  ])('of a number that says %j is %j', (text, number) => {
    expect(numberIn(fieldsOf({ price: text }), 'price')).toBe(number);
  });

  it('of a moment is in the time zone of its reader, there and back', () => {
    const noon = Date.parse('2024-01-17T03:00:00.000Z');
    const field = forMomentField(noon);
    expect(field).toMatch(/^2024-01-1\dT\d\d:00$/);
    expect(momentIn(fieldsOf({ startsAt: field }), 'startsAt')).toBe('2024-01-17T03:00:00.000Z');
    expect(momentIn(fieldsOf({ startsAt: 'soon' }), 'startsAt')).toBeNull();
  });
});
