import { useState } from 'preact/hooks';
import { language } from '../../shell/language.js';
import { formatNumber } from '../../ui/format.js';
import { typedAmount } from './amount.js';

/** An amount that a person types or takes over. */
export interface AmountInput {
  readonly text: string;
  /** Whole won; null: what stands there is no amount that can be charged. */
  readonly amount: number | null;
  /** Whether that was told to the person: not before they want to charge it. */
  readonly isWrong: boolean;
  readonly type: (text: string) => void;
  /** Fills in an amount; null empties it. */
  readonly fill: (amount: number | null) => void;
  /** The amount, or null and the person is told. */
  readonly take: () => number | null;
}

const shown = (amount: number | null): string =>
  amount === null ? '' : formatNumber(amount, language.value);

/** Begins with this amount, or empty. */
export function useAmount(first: number | null = null): AmountInput {
  const [text, setText] = useState(() => shown(first));
  const [isWrong, setWrong] = useState(false);
  const amount = typedAmount(text);
  const type = (typed: string) => {
    setWrong(false);
    setText(typed);
  };
  return {
    text,
    amount,
    isWrong,
    type,
    fill: (filled) => type(shown(filled)),
    take: () => {
      setWrong(amount === null);
      return amount;
    },
  };
}
