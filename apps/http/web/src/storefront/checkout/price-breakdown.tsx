import type { ComponentChildren } from 'preact';
import { Money } from '../../ui/money.js';
import { checkoutText } from './messages.js';
import type { Quote } from './quote.js';

interface PriceBreakdownProps {
  readonly quote: Quote;
  /** Percent; null where no coupon is used, or its rate is not known. */
  readonly rate: number | null;
  readonly totalLabel: string;
  readonly children?: ComponentChildren;
}

/** What is paid, and how it comes about. */
export function PriceBreakdown({ quote, rate, totalLabel, children }: PriceBreakdownProps) {
  const t = checkoutText();
  return (
    <dl class="breakdown">
      <dt>{t.subtotal}</dt>
      <dd>
        <Money won={quote.subtotal} />
      </dd>
      {quote.discount > 0 && (
        <>
          <dt class="breakdown-off">{rate === null ? t.discountPlain : t.discount(rate)}</dt>
          <dd class="breakdown-off">
            <Money won={-quote.discount} />
          </dd>
        </>
      )}
      <dt class="breakdown-total">{totalLabel}</dt>
      <dd class="breakdown-total">
        <Money won={quote.total} />
      </dd>
      {children}
    </dl>
  );
}
