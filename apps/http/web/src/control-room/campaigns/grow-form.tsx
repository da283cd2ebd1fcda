import type { Refusal } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useDeed } from '../../api/use-deed.js';
import { language } from '../../shell/language.js';
import { toast } from '../../shell/toasts.js';
import { formatNumber } from '../../ui/format.js';
import { DeedForm } from '../parts/deed-form.js';
import { Field } from '../parts/field.js';
import { numberIn } from '../parts/fields.js';
import type { Campaign } from './campaign.js';
import { campaignsText } from './messages.js';

interface Growth {
  readonly quantity: number;
}

/** Adds coupons to a campaign, also to one that is sold out. */
export function GrowForm({
  campaign: { id, name },
  onDone,
  onClose,
}: {
  readonly campaign: Campaign;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = campaignsText();
  const deed = useDeed<Growth, Schemas['CouponCampaign'], Refusal>(
    `grow.${id}`,
    ({ request }, options) =>
      api.post(
        '/api/v1/admin/coupon-campaigns/{id}/grow',
        { path: { id }, body: request },
        options,
      ),
  );
  return (
    <DeedForm
      title={t.growOf(name)}
      action={t.grow}
      deed={deed}
      request={(fields) => {
        const quantity = numberIn(fields, 'quantity');
        return quantity === null ? null : { quantity };
      }}
      unsettled={({ quantity }) => t.unsettledGrowth(formatNumber(quantity, language.value))}
      onDone={({ totalQuantity }) => {
        toast({ kind: 'good', text: t.grown(name, formatNumber(totalQuantity, language.value)) });
        onDone();
      }}
      onClose={onClose}
    >
      <Field name="quantity" label={t.quantity} type="number" min={1} first={50} />
    </DeedForm>
  );
}
