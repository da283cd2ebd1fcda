import { useId } from 'preact/hooks';
import { walletText } from './messages.js';
import type { AmountInput } from './use-amount.js';

/** Where a person types how much to charge. */
export function AmountField({ input: { isWrong, text, type } }: { readonly input: AmountInput }) {
  const t = walletText();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t.amount}</label>
      <input
        id={id}
        class="amount-input"
        inputMode="numeric"
        autocomplete="off"
        placeholder="0"
        value={text}
        aria-invalid={isWrong}
        aria-describedby={`${id}-help`}
        onInput={({ currentTarget }) => type(currentTarget.value)}
      />
      <p id={`${id}-help`} class={isWrong ? 'wrong' : 'hint'}>
        {isWrong ? t.amountWrong : t.amountHelp}
      </p>
    </div>
  );
}
