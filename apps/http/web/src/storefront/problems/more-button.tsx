import { Button } from '../../ui/button.js';
import { problemsText } from './messages.js';
import { RefusalNote } from './refusal-note.js';
import type { Pages } from './use-pages.js';

/** Below a list by cursor: reads what is older, and says why where it cannot. */
export function MoreButton<Item>({ pages }: { readonly pages: Pages<Item> }) {
  const t = problemsText();
  const more = () => {
    pages.readMore().catch(() => {});
  };
  return (
    <div class="more">
      <RefusalNote refusal={pages.refusal} onAgain={more} />
      {pages.hasMore && (
        <Button busy={pages.isReading} onClick={more}>
          {t.more}
        </Button>
      )}
    </div>
  );
}
