import type { ComponentChildren } from 'preact';
import { MoreButton } from './more-button.js';
import { ReadingView } from './reading-view.js';
import type { Pages } from './use-pages.js';

interface PagedListProps<Item> {
  readonly pages: Pages<Item>;
  /** The class of the list. */
  readonly look: string;
  /** What is shown where there is nothing. */
  readonly empty: ComponentChildren;
  readonly children: (item: Item) => ComponentChildren;
}

/** A list by cursor, newest first, and the button that reads what is older. */
export function PagedList<Item>({ pages, look, empty, children }: PagedListProps<Item>) {
  return (
    <ReadingView reading={pages.first} lines={6}>
      {({ items }) =>
        items.length === 0 ? (
          empty
        ) : (
          <>
            <ol class={look}>{pages.items.map(children)}</ol>
            <MoreButton pages={pages} />
          </>
        )
      }
    </ReadingView>
  );
}
