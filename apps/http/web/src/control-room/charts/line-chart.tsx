import { useId, useState } from 'preact/hooks';
import { language } from '../../shell/language.js';
import { formatTime } from '../../ui/format.js';
import { ScrollArea } from '../parts/scroll-area.js';
import { chartText } from './messages.js';
import { highestOf, linePath, roundUp, type Series } from './scale.js';
import './charts.css';

interface LineChartProps {
  readonly title: string;
  /** When each value was, in milliseconds since 1970. */
  readonly times: readonly number[];
  readonly series: readonly Series[];
  /** How a value is told, with its unit. */
  readonly tell: (value: number) => string;
  /** The least that the scale reaches to. */
  readonly least: number;
  /** How many values there is room for. */
  readonly room: number;
  /** Where the scale ends whatever the values are, such as at 100 %. */
  readonly most?: number;
  readonly wide?: boolean;
}

const WIDTH = 600;
const HEIGHT = 150;

/** Lines over time, with what they are now in words above, and all of it as a table for whoever would rather read. */
export function LineChart(props: LineChartProps) {
  const { title, times, series, tell, wide = false } = props;
  const [at, setAt] = useState<number | null>(null);
  const t = chartText();
  const id = useId();
  const shown = at !== null && at < times.length ? at : times.length - 1;
  const when = times[shown];
  return (
    <figure class={wide ? 'chart chart-wide' : 'chart'} aria-labelledby={id}>
      <figcaption class="chart-head">
        <h2 class="chart-title" id={id}>
          {title}
        </h2>
        <dl class="chart-now">
          {series.map(({ name, tone, values }) => {
            const value = values[shown] ?? null;
            return (
              <div key={name}>
                <dt>
                  <i class={`key key-${tone}`} aria-hidden="true" />
                  {name}
                </dt>
                <dd>{value === null ? '–' : tell(value)}</dd>
              </div>
            );
          })}
        </dl>
      </figcaption>
      <Drawing {...props} marked={at === null ? null : shown} onPoint={setAt} />
      <div class="chart-foot">
        <ValuesTable {...props} />
        <span class="hint">
          {when === undefined
            ? t.gathering
            : at === null
              ? t.now
              : formatTime(when, language.value)}
        </span>
      </div>
    </figure>
  );
}

interface DrawingProps extends LineChartProps {
  readonly marked: number | null;
  readonly onPoint: (at: number | null) => void;
}

function Drawing({ times, series, tell, least, most, room, marked, onPoint }: DrawingProps) {
  const top = most ?? roundUp(highestOf(series), least);
  const step = WIDTH / (room - 1);
  const left = WIDTH - (times.length - 1) * step;
  const point = (event: PointerEvent & { readonly currentTarget: Element }): void => {
    const { x, width } = event.currentTarget.getBoundingClientRect();
    const at = Math.round((((event.clientX - x) / width) * WIDTH - left) / step);
    onPoint(at >= 0 && at < times.length ? at : null);
  };
  return (
    <div class="chart-plot">
      <div class="chart-scale" aria-hidden="true">
        <span>{tell(top)}</span>
        <span>{tell(top / 2)}</span>
        <span>{tell(0)}</span>
      </div>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        onPointerMove={point}
        onPointerLeave={() => onPoint(null)}
      >
        {[0, 0.5, 1].map((share) => (
          <path key={share} class="chart-grid" d={`M0 ${share * HEIGHT}H${WIDTH}`} />
        ))}
        {series.map(({ name, tone, values }) => (
          <path
            key={name}
            class={`line line-${tone}`}
            d={linePath(values, { width: WIDTH, height: HEIGHT, most: top, room })}
          />
        ))}
        {marked !== null && <path class="chart-mark" d={`M${left + marked * step} 0V${HEIGHT}`} />}
      </svg>
    </div>
  );
}

/** Every so many values: a minute of them fits on a screen. */
const EVERY = 3;

function ValuesTable({ title, times, series, tell }: LineChartProps) {
  const t = chartText();
  const [isOpen, setOpen] = useState(false);
  const rows = times
    .map((time, at) => [time, at] as const)
    .toReversed()
    .filter((_, at) => at % EVERY === 0);
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t.asTable}
        <span class="sr">: {title}</span>
      </summary>
      {isOpen && (
        <ScrollArea label={`${title}, ${t.asTable}`}>
          <table class="plain-table">
            <thead>
              <tr>
                <th scope="col">{t.time}</th>
                {series.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([time, at]) => (
                <tr key={time}>
                  <th scope="row">{formatTime(time, language.value)}</th>
                  {series.map(({ name, values }) => {
                    const value = values[at] ?? null;
                    return <td key={name}>{value === null ? '–' : tell(value)}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </details>
  );
}
