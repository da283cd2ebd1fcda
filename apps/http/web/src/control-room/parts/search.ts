import { textIn } from './fields.js';

/** What a form searches for, by the names of its fields. */
export const searchOf = (
  fields: FormData,
  names: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, textIn(fields, name)]));

/** An address of ours with what is searched for, without what is empty. */
export function withSearch(path: string, search: Readonly<Record<string, string>>): string {
  const given = Object.entries(search).filter(([, value]) => value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
