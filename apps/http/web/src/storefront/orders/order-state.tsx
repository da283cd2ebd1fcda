import type { Schemas } from '../../api/document.js';
import { language } from '../../shell/language.js';
import { Icon } from '../../ui/icon.js';
import { formatMoment } from '../../ui/format.js';
import { money } from '../../ui/money.js';
import { ordersText } from './messages.js';

/** What became of an order that waits for nothing more. */
export function OrderState({ order }: { readonly order: Schemas['Order'] }) {
  const t = ordersText();
  const { paidAt, paymentId, status, total } = order;
  if (status === 'COMPLETED') {
    const paid = formatMoment(paidAt ?? order.createdAt, language.value);
    return (
      <div class="order-state order-state-good">
        <Icon name="check" />
        <p class="order-state-title">{t.completedTitle}</p>
        <p>{t.completedHelp(paid, paymentId ?? 0)}</p>
      </div>
    );
  }
  const isCancelled = status === 'CANCELLED';
  const help = isCancelled ? t.cancelledHelp : t.expiredHelp;
  return (
    <div class="order-state">
      <Icon name={isCancelled ? 'close' : 'clock'} />
      <p class="order-state-title">{isCancelled ? t.cancelledTitle : t.expiredTitle}</p>
      <p>{isCancelled && paidAt !== null ? t.cancelledRefunded(money(total)) : help}</p>
    </div>
  );
}
