import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.js';
import { problemsText } from './messages.js';
import { ReadingView } from './reading-view.js';
import { RefusalNote } from './refusal-note.js';
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
  const t = problemsText();
  const more = () => {
    pages.readMore().catch(() => {});
  };
  return (
    <ReadingView reading={pages.first} lines={6}>
      {({ items }) =>
        items.length === 0 ? (
          empty
        ) : (
          <>
            <ol class={look}>{pages.items.map(children)}</ol>
            <div class="more">
              <RefusalNote refusal={pages.refusal} onAgain={more} />
              {pages.hasMore && (
                <Button busy={pages.isReading} onClick={more}>
                  {t.more}
                </Button>
              )}
            </div>
          </>
        )
      }
    </ReadingView>
  );
}
