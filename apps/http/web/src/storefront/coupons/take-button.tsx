import type { ComponentChildren } from 'preact';
import type { Schemas } from '../../api/document.js';
import { signIn, who } from '../../shell/session.js';
import { toast } from '../../shell/toasts.js';
import { Button } from '../../ui/button.js';
import { RefusalNote } from '../problems/refusal-note.js';
import { UnsettledNote } from '../problems/unsettled-note.js';
import { WaitingNote } from '../problems/waiting-note.js';
import { couponsText } from './messages.js';
import { useTake } from './use-take.js';

type CouponCampaign = Schemas['CouponCampaign'];

interface TakeButtonProps {
  readonly campaign: CouponCampaign;
  /** What a screen reader reads, where the button stands among others. */
  readonly spoken?: string;
  /** Whatever happened, the numbers are others now. */
  readonly onChanged: () => void;
  /** What is offered in its place where all are gone. */
  readonly children?: ComponentChildren;
}

/** Takes a coupon; where all are gone, other campaigns are offered in its place. */
export function TakeButton({ campaign, spoken, onChanged, children }: TakeButtonProps) {
  const t = couponsText();
  const deed = useTake(campaign.id);
  const take = async () => {
    const answer = await deed.run(null);
    if (answer.ok) {
      const { discountRate, issueNumber } = answer.value;
      toast({ kind: 'good', text: t.taken(discountRate, issueNumber) });
    }
    onChanged();
  };
  const start = () => {
    if (who.value === null) signIn();
    else take().catch(() => {});
  };
  const isGone = campaign.remainingQuantity === 0;
  return (
    <>
      <UnsettledNote deed={deed} onGoOn={start}>
        {() => t.unsettled}
      </UnsettledNote>
      <Button
        look={isGone ? 'quiet' : 'main'}
        busy={deed.isRunning}
        aria-label={spoken}
        onClick={start}
      >
        {isGone ? t.takeAnyway : t.take}
      </Button>
      <div class="ticket-notes">
        <WaitingNote waiting={deed.waiting} onGiveUp={deed.giveUp} />
        <RefusalNote refusal={deed.refusal} onAgain={start}>
          {deed.refusal?.code === 'COUPON_EXHAUSTED' && children}
        </RefusalNote>
      </div>
    </>
  );
}
