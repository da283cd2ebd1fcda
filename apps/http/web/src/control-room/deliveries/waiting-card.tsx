import type { Schemas } from '../../api/document.js';
import { language } from '../../shell/language.js';
import { Badge } from '../../ui/badge.js';
import { formatMoment, formatNumber } from '../../ui/format.js';
import { Skeleton } from '../../ui/placeholders.js';
import { deliveriesText } from './messages.js';

type Overview = Schemas['Overview'];

/** What has not reached the data platform, and how that does. */
export function WaitingCard({ overview }: { readonly overview: Overview | null }) {
  const t = deliveriesText();
  if (overview === null) return <Skeleton lines={2} />;
  const { waiting } = overview.deliveries;
  const oldestAt = waiting?.oldestAt ?? null;
  const platform = overview.breakers.find(({ name }) => name === 'platform');
  const number = (value: number | undefined): string =>
    value === undefined ? '–' : formatNumber(value, language.value);
  return (
    <dl class="sheet waiting-card">
      <div>
        <dt>{t.pendingNow}</dt>
        <dd>{number(waiting?.pending)}</dd>
      </div>
      <div>
        <dt>{t.failedNow}</dt>
        <dd class={(waiting?.failed ?? 0) > 0 ? 'is-bad' : undefined}>{number(waiting?.failed)}</dd>
      </div>
      <div>
        <dt>{t.oldest}</dt>
        <dd class="is-small">
          {waiting === null
            ? '–'
            : oldestAt === null
              ? t.nothingWaits
              : formatMoment(oldestAt, language.value)}
        </dd>
      </div>
      <div>
        <dt>{t.platform}</dt>
        <dd class="is-small">
          {platform === undefined ? (
            t.elsewhere
          ) : (
            <Badge tone={platform.state === 'CLOSED' ? 'good' : 'bad'}>{t[platform.state]}</Badge>
          )}
        </dd>
      </div>
    </dl>
  );
}
