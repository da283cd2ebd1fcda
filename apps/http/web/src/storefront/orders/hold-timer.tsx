import { useEffect, useRef } from 'preact/hooks';
import { serverTime } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useNow } from '../../api/use-now.js';
import { language } from '../../shell/language.js';
import { formatTime } from '../../ui/format.js';
import { clockFace, holdAt, saidMinutes } from './hold.js';
import { ordersText } from './messages.js';

/** How long an order is held yet; `onOver` is called when the time is up, and again when it is done, until it is another order. */
export function HoldTimer({
  order: { createdAt, expiresAt },
  onOver,
}: {
  readonly order: Schemas['Order'];
  readonly onOver: () => Promise<void>;
}) {
  const t = ordersText();
  const now = useNow(serverTime);
  const { seconds, share } = holdAt(createdAt, expiresAt, now);
  const isOver = seconds === 0;
  const isAsking = useRef(false);
  useEffect(() => {
    // A shop that takes longer than a second to answer would never be heard, were it asked anew every second.
    if (!isOver || isAsking.current) return;
    isAsking.current = true;
    const done = (): void => {
      isAsking.current = false;
    };
    onOver().then(done, done);
    // Every second until the shop says so too: its clock is known to a fraction of one.
  }, [isOver ? now : null]);
  const said = saidMinutes(seconds);
  return (
    <div class="hold" data-late={seconds <= 60 || undefined}>
      <div class="hold-face">
        <p class="hold-title">{t.holdTitle}</p>
        {/* It changes every second; what is worth hearing is said below, now and then. */}
        <p class="hold-left number" role="timer" aria-live="off">
          {clockFace(seconds)}
        </p>
      </div>
      <svg class="hold-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="4" />
        <rect class="hold-rest" width={share * 100} height="4" />
      </svg>
      <p class="hint">
        {t.until(formatTime(expiresAt, language.value))}. {t.holdHelp}
      </p>
      <p class="sr" aria-live="polite">
        {said === null ? '' : t.holdSpoken(said)}
      </p>
    </div>
  );
}
