import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { shellText } from './messages.js';
import { toast } from './toasts.js';

/** Whether the shop cannot be reached now. */
export const isConnectionLost = signal(false);

let probe = (): void => {};
/** Says what asks for the shop at once. */
export const onTryNow = (ask: () => void): void => {
  probe = ask;
};

/** Says that the connection is lost while it is; it goes away by itself. */
export function ConnectionBanner() {
  const t = shellText();
  const isLost = isConnectionLost.value;
  const wasLost = useRef(false);
  useEffect(() => {
    if (wasLost.current && !isLost) toast({ kind: 'good', text: t.healed });
    wasLost.current = isLost;
  }, [isLost]);
  return (
    <output class="banner-place">
      {isLost && (
        <div class="banner">
          <Icon name="warning" />
          <p>{t.lost}</p>
          <Button look="quiet" onClick={() => probe()}>
            {t.tryNow}
          </Button>
        </div>
      )}
    </output>
  );
}
