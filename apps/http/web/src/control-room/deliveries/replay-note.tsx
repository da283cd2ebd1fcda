import { language } from '../../shell/language.js';
import { Button } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { deliveriesText } from './messages.js';
import type { ReplayProgress } from './replay.js';
import type { Replaying } from './use-replay.js';

/** How far a replay has come, until somebody has seen it. */
export function ReplayNote({
  replay: { dismiss, progress, requeued },
}: {
  readonly replay: Replaying;
}) {
  return (
    <div aria-live="polite">
      {requeued !== null && progress !== null && (
        <Progress requeued={requeued} progress={progress} onClose={dismiss} />
      )}
    </div>
  );
}

function Progress({
  requeued,
  progress: { delivered, failed, waiting },
  onClose,
}: {
  readonly requeued: number;
  readonly progress: ReplayProgress;
  readonly onClose: () => void;
}) {
  const t = deliveriesText();
  const number = (value: number): string => formatNumber(value, language.value);
  return (
    <section class="sheet replay">
      <h2>{waiting > 0 ? t.progress : t.progressDone}</h2>
      {requeued === 0 ? (
        <p>{t.nothingRequeued}</p>
      ) : (
        <>
          <progress max={requeued} value={delivered + failed} aria-label={t.progress} />
          <p class="number">
            {t.progressText(number(delivered), number(requeued), number(waiting), number(failed))}
          </p>
        </>
      )}
      <Button onClick={onClose}>{t.close}</Button>
    </section>
  );
}
