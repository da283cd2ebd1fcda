import type { Schemas } from '../../api/document.js';
import { Badge } from '../../ui/badge.js';
import { Name } from '../../ui/name.js';
import { couponsText } from './messages.js';
import { TakeButton } from './take-button.js';

/** Where a campaign has nothing left: those that have, with a button for each. */
export function OtherCampaigns({
  campaigns,
  onChanged,
}: {
  readonly campaigns: readonly Schemas['CouponCampaign'][];
  readonly onChanged: () => void;
}) {
  const t = couponsText();
  if (campaigns.length === 0) return <p>{t.noOthers}</p>;
  return (
    <div class="others">
      <p class="others-title">{t.others}</p>
      <ul>
        {campaigns.map((campaign) => (
          <li key={campaign.id} class="row between">
            <span class="row">
              <Badge tone="accent">{t.offSpoken(campaign.discountRate)}</Badge>
              <Name>{campaign.name}</Name>
            </span>
            <TakeButton
              campaign={campaign}
              spoken={t.takeOther(campaign.name)}
              onChanged={onChanged}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
