import { language } from '../../shell/language.js';
import { Badge, type BadgeTone } from '../../ui/badge.js';
import { formatMoment, formatNumber } from '../../ui/format.js';
import type { Overview, Point } from './measure.js';
import { overviewText } from './messages.js';

type State = Overview['breakers'][number]['state'];

const TONES: Readonly<Record<State, BadgeTone>> = {
  CLOSED: 'good',
  OPEN: 'bad',
  PROBING: 'wait',
  AWAY: 'bad',
};

const MEGABYTE = 2 ** 20;

/** What a process stands on, and how it does. */
export function StateCard({
  overview,
  point,
}: {
  readonly overview: Overview;
  readonly point: Point | null;
}) {
  const t = overviewText();
  const { breakers, connections, database, loop, memoryBytes, startedAt, streams } = overview;
  const wait = point?.batchWait ?? null;
  const number = (value: number): string => formatNumber(value, language.value);
  return (
    <section class="section" aria-labelledby="state">
      <header>
        <h2 id="state">{t.state}</h2>
        <p class="hint">
          {t.since(overview.instance.slice(0, 8), formatMoment(startedAt, language.value))}
        </p>
      </header>
      <dl class="facts sheet">
        {breakers.map(({ name, opened, state }) => (
          <Fact key={name} name={t.breaker(name)} note={opened > 0 ? t.opened(opened) : null}>
            <Badge tone={TONES[state]}>{t[state]}</Badge>
          </Fact>
        ))}
        {database !== null && (
          <Fact
            name={t.database}
            note={t.transactions(number(database.committed), database.reruns, database.away)}
          >
            {database.pools.map(({ name, used, max, waiting }) => (
              <span key={name} class="nowrap">
                {t.pool(name)} {used}/{max}
                {waiting > 0 && ` (+${waiting})`}
              </span>
            ))}
          </Fact>
        )}
        <Fact
          name={t.loop}
          note={loop.lateMs === null ? null : t.late(loop.lateMs.p99, loop.lateMs.max)}
        >
          {point === null ? '–' : `${Math.round(point.busy * 100)}%`}
        </Fact>
        <Fact name={t.memory} note={null}>
          {number(Math.round(memoryBytes / MEGABYTE))} MB
        </Fact>
        <Fact name={t.connections} note={t.streamNote(streams.cutOff)}>
          {t.connectionsNow(number(connections), number(streams.open))}
        </Fact>
        <Fact
          name={t.waitForBatch}
          note={t.refusedBusy(overview.desks.reduce((sum, { refused }) => sum + refused, 0))}
        >
          {wait === null ? '–' : t.ms(number(Math.round(wait)))}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({
  name,
  note,
  children,
}: {
  readonly name: string;
  readonly note: string | null;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd class="fact-value">{children}</dd>
      {note !== null && <dd class="hint">{note}</dd>}
    </div>
  );
}
