import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from '../../ui/icon.js';
import { catalogueText } from './messages.js';

/** So long after the last letter one looks for it. */
const PAUSE_MS = 300;

/** Looks for products while somebody types. */
export function SearchField({
  text,
  onSearch,
}: {
  readonly text: string;
  readonly onSearch: (text: string) => void;
}) {
  const t = catalogueText();
  const id = useId();
  const [typed, setTyped] = useState(text);
  const latest = useRef(onSearch);
  latest.current = onSearch;
  // The address may change by itself, such as on the way back.
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => latest.current(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <search>
      <form
        class="search"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(typed.trim());
        }}
      >
        <label class="sr" for={id}>
          {t.search}
        </label>
        <Icon name="search" />
        <input
          id={id}
          type="search"
          placeholder={t.search}
          autocomplete="off"
          maxLength={200}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </form>
    </search>
  );
}
