import { useState } from 'preact/hooks';
import { api } from '../../api/api.js';
import { language } from '../../shell/language.js';
import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';
import { MoreButton } from '../../storefront/problems/more-button.js';
import { ReadingView } from '../../storefront/problems/reading-view.js';
import { usePages } from '../../storefront/problems/use-pages.js';
import { Badge, type BadgeTone } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { Empty } from '../../ui/placeholders.js';
import { OperatorsOnly } from '../operators-only.js';
import { withYear } from '../parts/with-year.js';
import { CampaignForm } from './campaign-form.js';
import { EndForm } from './end-form.js';
import { GrowForm } from './grow-form.js';
import type { Campaign } from './campaign.js';
import { campaignsText } from './messages.js';
import './campaigns.css';

/** The newest are looked at again and again: their coupons go fast. */
const EVERY_MS = 2_000;

const TONES: Readonly<Record<Campaign['state'], BadgeTone>> = {
  UPCOMING: 'wait',
  RUNNING: 'good',
  ENDED: 'plain',
};

/** Every coupon campaign, and how far its coupons have gone. */
export function CampaignsPage() {
  const t = shellText();
  return (
    <Page title={t.campaigns}>
      <OperatorsOnly>{() => <Campaigns />}</OperatorsOnly>
    </Page>
  );
}

type Open =
  { readonly form: 'new' } | { readonly form: 'grow' | 'end'; readonly campaign: Campaign };

function Campaigns() {
  const t = campaignsText();
  const [open, setOpen] = useState<Open | null>(null);
  const pages = usePages<Campaign>(
    (cursor, options) =>
      api.get(
        '/api/v1/admin/coupon-campaigns',
        { query: { limit: 20, ...(cursor === null ? {} : { cursor }) } },
        options,
      ),
    [],
    { every: EVERY_MS },
  );
  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    pages.readAgain().catch(() => {});
  };
  return (
    <>
      <div class="filters">
        <Button look="main" onClick={() => setOpen({ form: 'new' })}>
          {t.newCampaign}
        </Button>
      </div>
      <ReadingView reading={pages.first} lines={6}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={t.nothing} />
          ) : (
            <ul class="campaigns" aria-label={t.list}>
              {pages.items.map((campaign) => (
                <CampaignSlip
                  key={campaign.id}
                  campaign={campaign}
                  onGrow={() => setOpen({ form: 'grow', campaign })}
                  onEnd={() => setOpen({ form: 'end', campaign })}
                />
              ))}
            </ul>
          )
        }
      </ReadingView>
      <MoreButton pages={pages} />
      {open?.form === 'new' && <CampaignForm onDone={done} onClose={close} />}
      {open?.form === 'end' && <EndForm campaign={open.campaign} onDone={done} onClose={close} />}
      {open?.form === 'grow' && <GrowForm campaign={open.campaign} onDone={done} onClose={close} />}
    </>
  );
}

function CampaignSlip({
  campaign,
  onGrow,
  onEnd,
}: {
  readonly campaign: Campaign;
  readonly onGrow: () => void;
  readonly onEnd: () => void;
}) {
  const t = campaignsText();
  const { couponValidDays, discountRate, endsAt, id, issuedQuantity, name } = campaign;
  const { remainingQuantity, startsAt, state, totalQuantity } = campaign;
  const number = (value: number): string => formatNumber(value, language.value);
  const issued = t.issued(number(issuedQuantity), number(totalQuantity));
  const moment = (at: string): string => withYear(at, language.value);
  return (
    <li class={`campaign sheet campaign-${state.toLowerCase()}`}>
      <div class="campaign-name">
        <h2>{name}</h2>
        <p class="row">
          <Badge tone={TONES[state]}>{t[state]}</Badge>
          {remainingQuantity === 0 && <Badge tone="bad">{t.exhausted}</Badge>}
          <span class="hint">#{id}</span>
        </p>
      </div>
      <p class="campaign-rate">{t.off(discountRate)}</p>
      <div class="campaign-given">
        <p class="between row">
          <b class="number">{issued}</b>
          <span class="hint number">{t.remaining(number(remainingQuantity))}</span>
        </p>
        <progress max={totalQuantity} value={issuedQuantity} aria-label={issued} />
      </div>
      <p class="hint campaign-window">
        <span class="nowrap">{moment(startsAt)}</span>{' '}
        <span class="nowrap">– {moment(endsAt)}</span>
        <br />
        {t.validFor(couponValidDays)}
      </p>
      <div class="campaign-do">
        {state !== 'ENDED' && (
          <Button onClick={onGrow}>
            {t.grow}
            <span class="sr"> {name}</span>
          </Button>
        )}
        {state === 'RUNNING' && (
          <Button look="quiet" onClick={onEnd}>
            {t.end}
            <span class="sr"> {name}</span>
          </Button>
        )}
      </div>
    </li>
  );
}
