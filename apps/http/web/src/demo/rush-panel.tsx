import { settings } from '../shell/settings.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { rushText } from './messages.js';
import { isRushOpen } from './rush-state.js';

/** Where the shop is only tried: an invitation to see it busy. */
export function RushPanel() {
  const t = rushText();
  if (!settings.personas) return null;
  return (
    <section class="rush-panel">
      <h2>{t.title}</h2>
      <p>{t.invitation}</p>
      <Button
        onClick={() => {
          isRushOpen.value = true;
        }}
      >
        <Icon name="bolt" />
        {t.open}
      </Button>
    </section>
  );
}
