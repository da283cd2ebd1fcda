import './quantity-field.css';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../ui/icon.js';
import { cartText } from './messages.js';
import { MOST_PIECES } from './contents.js';

interface QuantityFieldProps {
  readonly name: string;
  readonly quantity: number;
  readonly onChange: (quantity: number) => void;
}

/** How many pieces: one by one, or typed. */
export function QuantityField({ name, quantity, onChange }: QuantityFieldProps) {
  const t = cartText();
  const [text, setText] = useState(String(quantity));
  useEffect(() => setText(String(quantity)), [quantity]);
  const take = (typed: string) => {
    const wanted = Number(typed);
    if (Number.isSafeInteger(wanted) && wanted >= 1 && wanted <= MOST_PIECES) onChange(wanted);
    else setText(String(quantity));
  };
  return (
    <div class="quantity">
      <button
        type="button"
        class="icon-button"
        disabled={quantity <= 1}
        onClick={() => onChange(quantity - 1)}
      >
        <Icon name="minus" />
        <span class="sr">{t.fewer(name)}</span>
      </button>
      <input
        class="number"
        inputMode="numeric"
        autocomplete="off"
        maxLength={3}
        aria-label={t.quantity(name)}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onChange={({ currentTarget }) => take(currentTarget.value)}
      />
      <button
        type="button"
        class="icon-button"
        disabled={quantity >= MOST_PIECES}
        onClick={() => onChange(quantity + 1)}
      >
        <Icon name="plus" />
        <span class="sr">{t.more(name)}</span>
      </button>
    </div>
  );
}
