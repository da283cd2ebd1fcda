import { useId, useState } from 'preact/hooks';
import { api } from '../../api/api.js';
import { useDeed } from '../../api/use-deed.js';
import { useReading } from '../../api/use-reading.js';
import { toast } from '../../shell/toasts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { RefusalNote } from '../problems/refusal-note.js';
import { WaitingNote } from '../problems/waiting-note.js';
import { productText } from './messages.js';
import { RATINGS } from './stars.js';

/** Orders that are looked at for whether the customer has bought it. Beyond them the shop itself decides. */
const LOOKED_AT = 100;
const LONGEST = 2_000;

interface ReviewFormProps {
  readonly id: number;
  readonly onWritten: () => Promise<void>;
}

/** A place to review the product, for whoever has bought it. */
export function ReviewForm({ id, onWritten }: ReviewFormProps) {
  const t = productText();
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  const { value } = useReading(
    (options) => api.get('/api/v1/orders', { query: { limit: LOOKED_AT } }, options),
    [id],
  );
  if (value === null) return null;
  const hasBought = value.items.some(
    ({ status, items }) =>
      status === 'COMPLETED' && items.some(({ productId }) => productId === id),
  );
  if (!hasBought && value.nextCursor === null) return <p class="hint">{t.buyersOnly}</p>;
  if (isDone) return <p class="hint">{t.written}</p>;
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{t.write}</Button>;
  return (
    <OpenForm
      id={id}
      onWritten={async () => {
        setDone(true);
        await onWritten();
      }}
    />
  );
}

interface Written {
  readonly rating: number;
  readonly text: string;
}

function OpenForm({ id, onWritten }: ReviewFormProps) {
  const t = productText();
  const fieldId = useId();
  const [rating, setRating] = useState(5);
  const [text, setText] = useState('');
  const writing = useDeed<Written, unknown, Extract<Refused, { ok: false }>['refusal']>(
    `review.${id}`,
    ({ request: body }, options) =>
      api.post('/api/v1/products/{id}/reviews', { path: { id }, body }, options),
  );
  const send = async (): Promise<void> => {
    const answer = await writing.run({ rating, text });
    if (!answer.ok) return;
    toast({ kind: 'good', text: t.thanks });
    await onWritten();
  };
  return (
    <form
      class="sheet stack review-form"
      onSubmit={(event) => {
        event.preventDefault();
        send().catch(() => {});
      }}
    >
      <fieldset class="star-choice">
        <legend>{t.yourRating}</legend>
        {RATINGS.map((each) => (
          <label key={each} data-lit={each <= rating || undefined}>
            <input
              type="radio"
              name={`${fieldId}-rating`}
              checked={each === rating}
              onChange={() => setRating(each)}
            />
            <Icon name="star" filled={each <= rating} />
            <span class="sr">{t.star(each)}</span>
          </label>
        ))}
      </fieldset>
      <label for={fieldId}>{t.yourText}</label>
      <textarea
        id={fieldId}
        maxLength={LONGEST}
        placeholder={t.optional}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <WaitingNote waiting={writing.waiting} onGiveUp={writing.giveUp} />
      <RefusalNote refusal={writing.refusal} />
      <Button look="main" type="submit" busy={writing.isRunning}>
        {t.send}
      </Button>
    </form>
  );
}

type Refused = Awaited<ReturnType<typeof api.post<'/api/v1/products/{id}/reviews'>>>;
