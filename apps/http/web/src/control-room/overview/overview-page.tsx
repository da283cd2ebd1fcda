import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Refusal } from '../../api/answer.js';
import { api } from '../../api/api.js';
import { useReading } from '../../api/use-reading.js';
import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';
import { ReadingView } from '../../storefront/problems/reading-view.js';
import { OperatorsOnly } from '../operators-only.js';
import { BooksCard } from './books-card.js';
import { Charts } from './charts.js';
import { afterLook, type History } from './history.js';
import type { Overview } from './measure.js';
import { overviewText } from './messages.js';
import { RoutesTable } from './routes-table.js';
import { StateCard } from './state-card.js';
import './overview.css';

const EVERY_MS = 2_000;

/** It outlives the page: whoever comes back finds the lines where they were. */
const history = signal<History>(new Map());

/** How the shop does right now. */
export function OverviewPage() {
  const t = shellText();
  return (
    <Page title={t.overview}>
      <OperatorsOnly>{() => <Looking />}</OperatorsOnly>
    </Page>
  );
}

function Looking() {
  const reading = useReading<Overview, Refusal>(
    async (options) => {
      const answer = await api.get('/api/v1/admin/overview', {}, options);
      if (answer.ok) history.value = afterLook(history.value, answer.value);
      return answer;
    },
    [],
    { every: EVERY_MS },
  );
  return (
    <ReadingView reading={reading} lines={8}>
      {({ instance }) => <Processes latest={instance} />}
    </ReadingView>
  );
}

/** One process at a time; where several answer, one may choose. */
function Processes({ latest }: { readonly latest: string }) {
  const t = overviewText();
  const [chosen, setChosen] = useState(latest);
  const all = history.value;
  const instance = all.has(chosen) ? chosen : latest;
  const seen = all.get(instance);
  if (seen === undefined) return null;
  return (
    <>
      {all.size > 1 && (
        <label class="row process-choice">
          {t.process}
          <select value={instance} onChange={(event) => setChosen(event.currentTarget.value)}>
            {[...all.keys()].map((each) => (
              <option key={each} value={each}>
                {each.slice(0, 8)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Charts points={seen.points} />
      <BooksCard />
      <StateCard overview={seen.latest} point={seen.points.at(-1) ?? null} />
      <RoutesTable overview={seen.latest} />
    </>
  );
}
