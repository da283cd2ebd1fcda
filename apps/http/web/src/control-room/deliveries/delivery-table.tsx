import { serverClock } from '../../api/api.js';
import { language } from '../../shell/language.js';
import { Badge, type BadgeTone } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { formatTime } from '../../ui/format.js';
import { isChoosable } from './chosen.js';
import type { Delivery } from './delivery.js';
import { deliveriesText } from './messages.js';

const TONES: Readonly<Record<Delivery['status'], BadgeTone>> = {
  PENDING: 'wait',
  DELIVERED: 'good',
  FAILED: 'bad',
};

interface DeliveryTableProps {
  readonly deliveries: readonly Delivery[];
  readonly chosen: ReadonlySet<number>;
  readonly onChoose: (chosen: ReadonlySet<number>) => void;
  /** Null: first it is said what becomes of an earlier replay. */
  readonly onReplay: ((id: number) => void) | null;
}

/** Messages, and what has become of them. What is on its way already need not be sent again. */
export function DeliveryTable({ deliveries, chosen, onChoose, onReplay }: DeliveryTableProps) {
  const t = deliveriesText();
  const choosable = deliveries.filter(isChoosable);
  const areAllChosen = choosable.length > 0 && choosable.every(({ id }) => chosen.has(id));
  const choose = (id: number, isChosen: boolean): void => {
    const rest = [...chosen].filter((each) => each !== id);
    onChoose(new Set(isChosen ? [...rest, id] : rest));
  };
  return (
    <table class="rows">
      <caption class="sr">{t.caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="pick">
            <input
              type="checkbox"
              aria-label={t.selectAll}
              checked={areAllChosen}
              onChange={() => onChoose(new Set(areAllChosen ? [] : choosable.map(({ id }) => id)))}
            />
          </th>
          <th scope="col">{t.message}</th>
          <th scope="col">{t.status}</th>
          <th scope="col">{t.order}</th>
          <th scope="col" class="figure">
            {t.attempts}
          </th>
          <th scope="col">{t.lastError}</th>
          <th scope="col">{t.when}</th>
          <th scope="col">
            <span class="sr">{t.replay}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            isChosen={chosen.has(delivery.id)}
            onChoose={(isChosen) => choose(delivery.id, isChosen)}
            onReplay={onReplay === null ? null : () => onReplay(delivery.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface DeliveryRowProps {
  readonly delivery: Delivery;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onReplay: (() => void) | null;
}

function DeliveryRow({ delivery, isChosen, onChoose, onReplay }: DeliveryRowProps) {
  const t = deliveriesText();
  const { attempts, id, lastError, orderId, status, type } = delivery;
  const isOver = isChoosable(delivery);
  return (
    <tr>
      <td class="pick">
        {isOver && (
          <input
            type="checkbox"
            aria-label={t.select(id)}
            checked={isChosen}
            onChange={(event) => onChoose(event.currentTarget.checked)}
          />
        )}
      </td>
      <th scope="row">
        {nameOf(type)} <span class="small">#{id}</span>
      </th>
      <td>
        <Badge tone={TONES[status]}>{t[status]}</Badge>
      </td>
      <td data-label={t.order}>{t.orderOf(orderId)}</td>
      <td class="figure" data-label={t.attempts}>
        {t.times(attempts)}
      </td>
      <td
        class={lastError === null ? 'is-nothing' : 'whole delivery-error'}
        data-label={t.lastError}
      >
        {lastError ?? '–'}
      </td>
      <td class="whole" data-label={t.when}>
        {whenOf(delivery)}
      </td>
      <td class="do">
        {isOver && onReplay !== null && (
          <Button onClick={onReplay}>
            {t.replay}
            <span class="sr"> #{id}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}

/** What a message says, in words; a kind that is not known yet by its own name. */
function nameOf(type: string): string {
  const t = deliveriesText();
  if (type.startsWith('jumun.order.completed.')) return t.completed;
  return type.startsWith('jumun.order.cancelled.') ? t.cancelled : type;
}

function whenOf({ deliveredAt, nextAttemptAt, status }: Delivery): string {
  const t = deliveriesText();
  const time = (at: string): string => formatTime(at, language.value);
  if (status === 'DELIVERED' && deliveredAt !== null) return t.deliveredAt(time(deliveredAt));
  if (nextAttemptAt === null) return t.waitsForYou;
  const isDue = Date.parse(nextAttemptAt) <= serverClock.time();
  return isDue ? t.due : t.nextAt(time(nextAttemptAt));
}
