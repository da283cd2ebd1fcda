import { useState } from 'preact/hooks';
import type { Refusal } from '../../api/answer.js';
import { api, serverClock } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useDeed } from '../../api/use-deed.js';
import { toast } from '../../shell/toasts.js';
import { DeedForm } from '../parts/deed-form.js';
import { Field } from '../parts/field.js';
import { forMomentField, momentIn, numberIn, textIn } from '../parts/fields.js';
import { campaignsText } from './messages.js';

interface Terms {
  readonly name: string;
  readonly discountRate: number;
  readonly totalQuantity: number;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly couponValidDays: number;
}

const DAY_MS = 86_400_000;

function termsIn(fields: FormData): Terms | null {
  const [discountRate, totalQuantity, couponValidDays] = [
    numberIn(fields, 'discountRate'),
    numberIn(fields, 'totalQuantity'),
    numberIn(fields, 'couponValidDays'),
  ];
  const [startsAt, endsAt] = [momentIn(fields, 'startsAt'), momentIn(fields, 'endsAt')];
  if (discountRate === null || totalQuantity === null || couponValidDays === null) return null;
  if (startsAt === null || endsAt === null) return null;
  const name = textIn(fields, 'name');
  return { name, discountRate, totalQuantity, startsAt, endsAt, couponValidDays };
}

/** Announces a campaign: from now on for a day, unless told otherwise. */
export function CampaignForm({
  onDone,
  onClose,
}: {
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = campaignsText();
  const [now] = useState(() => serverClock.time());
  const [isTurned, setTurned] = useState(false);
  const deed = useDeed<Terms, Schemas['CouponCampaign'], Refusal>(
    'campaign.new',
    ({ request }, options) =>
      api.post('/api/v1/admin/coupon-campaigns', { body: request }, options),
  );
  return (
    <DeedForm
      title={t.newCampaign}
      action={t.open}
      deed={deed}
      request={(fields) => {
        const terms = termsIn(fields);
        setTurned(terms !== null && terms.endsAt <= terms.startsAt);
        return terms !== null && terms.startsAt < terms.endsAt ? terms : null;
      }}
      onDone={({ name }) => {
        toast({ kind: 'good', text: t.opened(name) });
        onDone();
      }}
      onClose={onClose}
    >
      <Field name="name" label={t.name} maxLength={200} />
      <div class="form-pair">
        <Field name="discountRate" label={t.discount} type="number" min={1} max={100} first={10} />
        <Field name="totalQuantity" label={t.total} type="number" min={1} first={100} />
      </div>
      <div class="form">
        <Field
          name="startsAt"
          label={t.startsAt}
          type="datetime-local"
          first={forMomentField(now)}
        />
        <Field
          name="endsAt"
          label={t.endsAt}
          type="datetime-local"
          first={forMomentField(now + DAY_MS)}
        />
      </div>
      <p class="wrong" role="alert">
        {isTurned && t.endFirst}
      </p>
      <Field
        name="couponValidDays"
        label={t.validDays}
        type="number"
        min={1}
        max={3650}
        first={30}
      />
    </DeedForm>
  );
}
