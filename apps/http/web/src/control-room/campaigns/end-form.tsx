import type { Refusal } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useDeed } from '../../api/use-deed.js';
import { toast } from '../../shell/toasts.js';
import { DeedForm } from '../parts/deed-form.js';
import type { Campaign } from './campaign.js';
import { campaignsText } from './messages.js';

/** Asks once more, and ends a campaign before its time. */
export function EndForm({
  campaign: { id, name },
  onDone,
  onClose,
}: {
  readonly campaign: Campaign;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = campaignsText();
  const deed = useDeed<object, Schemas['CouponCampaign'], Refusal>(
    `end.${id}`,
    (_pending, options) =>
      api.post('/api/v1/admin/coupon-campaigns/{id}/end', { path: { id }, body: {} }, options),
  );
  return (
    <DeedForm
      title={t.endOf(name)}
      action={t.end}
      deed={deed}
      request={() => ({})}
      onDone={() => {
        toast({ kind: 'good', text: t.ended(name) });
        onDone();
      }}
      onClose={onClose}
    >
      <p>{t.endHelp}</p>
    </DeedForm>
  );
}
