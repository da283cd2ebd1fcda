import './rush.css';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Money } from '../ui/money.js';
import { rushText } from './messages.js';
import { percentOf, type Rush, rush, startRush, stopRush } from './rush-state.js';

const SIZES = [100, 300, 1_000] as const;
const USUAL = 300;

/** Starts a flash sale of made-up customers, and tells how it goes. */
export function RushDialog({ onClose }: { readonly onClose: () => void }) {
  const t = rushText();
  const latest = rush.value;
  return (
    <Dialog title={t.title} onClose={onClose}>
      <div class="stack">
        <p class="hint">{t.about}</p>
        {latest?.state === 'RUNNING' ? (
          <Running latest={latest} onClose={onClose} />
        ) : (
          <StartForm isFirst={latest === null || latest.state === 'IDLE'} />
        )}
        {latest !== null && latest.state !== 'IDLE' && <Figures latest={latest} />}
      </div>
    </Dialog>
  );
}

function StartForm({ isFirst }: { readonly isFirst: boolean }) {
  const t = rushText();
  const [customers, setCustomers] = useState<number>(USUAL);
  const [isRefused, setRefused] = useState(false);
  const start = async () => setRefused(!(await startRush(customers)));
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        start().catch(() => {});
      }}
    >
      <fieldset class="choice">
        <legend>{t.customers}</legend>
        {SIZES.map((size) => (
          <label key={size}>
            <input
              type="radio"
              name="rush-customers"
              checked={size === customers}
              onChange={() => setCustomers(size)}
            />
            <span>{t.customersOf(size)}</span>
          </label>
        ))}
      </fieldset>
      {isRefused && (
        <p class="wrong" role="alert">
          {t.refused}
        </p>
      )}
      <Button look="main" type="submit">
        {isFirst ? t.start : t.again}
      </Button>
    </form>
  );
}

function Running({ latest, onClose }: { readonly latest: Rush; readonly onClose: () => void }) {
  const t = rushText();
  return (
    <div class="stack">
      <label class="rush-progress">
        <span>{t.progress}</span>
        <b>{t.goneOf(latest.gone, latest.customers)}</b>
        <progress max={100} value={percentOf(latest)} />
      </label>
      <p class="hint">{t.watch}</p>
      <div class="rush-ways">
        <a class="button" href="/popular" onClick={onClose}>
          {t.toPopular}
        </a>
        <Button
          look="quiet"
          onClick={() => {
            stopRush().catch(() => {});
          }}
        >
          {t.stop}
        </Button>
      </div>
    </div>
  );
}

function Figures({ latest: { state, tally } }: { readonly latest: Rush }) {
  const t = rushText();
  const { charged, spent, refunded, refusals } = tally;
  const refused = (code: string) => t.times(refusals[code] ?? 0);
  return (
    <>
      <dl class="rush-figures">
        <Figure name={t.placed}>{t.times(tally.ordersPlaced)}</Figure>
        <Figure name={t.paid}>{t.times(tally.ordersPaid)}</Figure>
        <Figure name={t.cancelled}>{t.times(tally.ordersCancelled)}</Figure>
        <Figure name={t.refunded}>{t.times(tally.ordersRefunded)}</Figure>
        <Figure name={t.coupons}>{t.times(tally.coupons)}</Figure>
        <Figure name={t.soldOut}>{refused('OUT_OF_STOCK')}</Figure>
        <Figure name={t.noCoupon}>{refused('COUPON_EXHAUSTED')}</Figure>
        <Figure name={t.noMoney}>{refused('INSUFFICIENT_BALANCE')}</Figure>
        <Figure name={t.left} how={t.leftSum(charged, spent, refunded)}>
          <Money won={charged - spent + refunded} />
        </Figure>
      </dl>
      <p class="rush-end" aria-live="polite">
        {state === 'FINISHED' && t.finished}
        {state === 'STOPPED' && t.stopped}
      </p>
    </>
  );
}

function Figure({
  name,
  how,
  children,
}: {
  readonly name: string;
  readonly how?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{children}</b>
      </dd>
      {how !== undefined && <dd class="rush-how">{how}</dd>}
    </div>
  );
}
