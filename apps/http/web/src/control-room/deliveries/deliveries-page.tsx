import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import type { Refusal } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useReading } from '../../api/use-reading.js';
import { Choice } from '../../shell/menu.js';
import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';
import { settings } from '../../shell/settings.js';
import { MoreButton } from '../../storefront/problems/more-button.js';
import { ReadingView } from '../../storefront/problems/reading-view.js';
import { usePages } from '../../storefront/problems/use-pages.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/placeholders.js';
import { controlRoomText } from '../messages.js';
import { OperatorsOnly } from '../operators-only.js';
import { DeedNotes, isInQuestion } from '../parts/deed-notes.js';
import { withSearch } from '../parts/search.js';
import { chosenAmong } from './chosen.js';
import type { Delivery } from './delivery.js';
import { DeliveryTable } from './delivery-table.js';
import { deliveriesText } from './messages.js';
import { ReplayNote } from './replay-note.js';
import { SimulatorCard } from './simulator-card.js';
import { useReplay } from './use-replay.js';
import { WaitingCard } from './waiting-card.js';
import './deliveries.css';

type Overview = Schemas['Overview'];

const STATUSES = ['FAILED', 'PENDING', 'DELIVERED'] as const satisfies Delivery['status'][];
const EVERY_MS = 2_000;

/** What the data platform is told, and what it has not taken. */
export function DeliveriesPage() {
  const t = shellText();
  return (
    <Page title={t.deliveries}>
      <OperatorsOnly>{() => <Deliveries />}</OperatorsOnly>
    </Page>
  );
}

function Deliveries() {
  const t = deliveriesText();
  const { query } = useLocation();
  const status = STATUSES.find((each) => each === query['status']) ?? null;
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const pages = usePages<Delivery>(
    (cursor, options) => {
      const search = {
        limit: 20,
        ...(status === null ? {} : { status }),
        ...(cursor === null ? {} : { cursor }),
      };
      return api.get('/api/v1/admin/deliveries', { query: search }, options);
    },
    [status],
    { every: EVERY_MS },
  );
  useEffect(() => setChosen(new Set()), [status]);
  const toReplay = chosenAmong(pages.items, chosen);
  const overview = useReading<Overview, Refusal>(
    (options) => api.get('/api/v1/admin/overview', {}, options),
    [],
    { every: EVERY_MS },
  );
  const waiting = overview.value?.deliveries.waiting ?? null;
  const replay = useReplay(waiting);
  const send = async (ids: readonly number[] | null): Promise<void> => {
    const failed = ids === null ? null : failedAmong(pages.items, ids);
    if (await replay.begin(ids, failed)) setChosen(new Set());
    await pages.readAgain();
  };
  const start = (ids: readonly number[] | null): void => {
    send(ids).catch(() => {});
  };
  const { deed } = replay;
  const isAsking = isInQuestion(deed);
  return (
    <>
      <div class="panels">
        <WaitingCard overview={overview.value} />
        {settings.personas && <SimulatorCard />}
      </div>
      <ReplayNote replay={replay} />
      <DeedNotes deed={deed} onGoOn={({ ids }) => start(ids)}>
        {({ ids }) => (ids === null ? t.unsettledAll : t.unsettledSome(ids.length))}
      </DeedNotes>
      <Filters status={status}>
        {!isAsking && (
          <Button busy={deed.isRunning} onClick={() => start(null)}>
            {t.replayAll}
          </Button>
        )}
        {!isAsking && toReplay.length > 0 && (
          <Button look="main" busy={deed.isRunning} onClick={() => start(toReplay)}>
            {t.replaySelected(toReplay.length)}
          </Button>
        )}
      </Filters>
      <ReadingView reading={pages.first} lines={8}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={t.nothing} />
          ) : (
            <DeliveryTable
              deliveries={pages.items}
              chosen={chosen}
              onChoose={setChosen}
              onReplay={isAsking ? null : (id) => start([id])}
            />
          )
        }
      </ReadingView>
      <MoreButton pages={pages} />
    </>
  );
}

const failedAmong = (deliveries: readonly Delivery[], ids: readonly number[]): number =>
  deliveries.filter(({ id, status }) => status === 'FAILED' && ids.includes(id)).length;

function Filters({
  status,
  children,
}: {
  readonly status: Delivery['status'] | null;
  readonly children: preact.ComponentChildren;
}) {
  const t = deliveriesText();
  const common = controlRoomText();
  const { path, route } = useLocation();
  return (
    <div class="filters section">
      <Choice
        legend={t.status}
        name="status"
        options={[['', common.all], ...STATUSES.map((each) => [each, t[each]] as const)]}
        chosen={status ?? ''}
        onChoose={(one) => route(withSearch(path, { status: one }))}
      />
      {children}
    </div>
  );
}
