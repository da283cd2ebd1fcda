/** One page of a list that grows at its beginning. */
export interface CursorPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** What was read beyond the newest page. */
export interface Beyond<Item> extends CursorPage<Item> {
  /** What the list was about. Lists of different things may end at the same place. */
  readonly about: string;
  /** Where the newest page ended: this fits that page alone. */
  readonly after: string | null;
}

/** What the list is about, to be compared. */
export const aboutOf = (about: readonly unknown[]): string => JSON.stringify(about);

/** What was read beyond the newest page, if it goes on where that ends, in the same list; null: it does not. */
export const fitting = <Item>(
  beyond: Beyond<Item> | null,
  about: string,
  after: string | null,
): Beyond<Item> | null =>
  beyond !== null && beyond.about === about && beyond.after === after ? beyond : null;
