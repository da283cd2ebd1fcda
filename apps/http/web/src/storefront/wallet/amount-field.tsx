import { useId } from 'preact/hooks';
import { walletText } from './messages.js';

interface AmountFieldProps {
  readonly value: string;
  readonly isWrong: boolean;
  readonly onType: (text: string) => void;
}

/** Where a person types how much to charge. */
export function AmountField({ value, isWrong, onType }: AmountFieldProps) {
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
        value={value}
        aria-invalid={isWrong}
        aria-describedby={`${id}-help`}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
      />
      <p id={`${id}-help`} class={isWrong ? 'wrong' : 'hint'}>
        {isWrong ? t.amountWrong : t.amountHelp}
      </p>
    </div>
  );
}
