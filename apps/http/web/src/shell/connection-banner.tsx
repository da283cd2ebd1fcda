import { signal } from '@preact/signals';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { shellText } from './messages.js';

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
  return (
    <output class="banner-place">
      {isConnectionLost.value && (
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
