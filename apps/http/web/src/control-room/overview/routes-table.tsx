import { language } from '../../shell/language.js';
import { formatNumber } from '../../ui/format.js';
import { ScrollArea } from '../parts/scroll-area.js';
import type { Overview } from './measure.js';
import { overviewText } from './messages.js';

const MOST_ROUTES = 8;

/** The routes that were asked for most, since the start of the process. */
export function RoutesTable({ overview: { requests } }: { readonly overview: Overview }) {
  const t = overviewText();
  if (requests === null) return null;
  const number = (value: number): string => formatNumber(Math.round(value), language.value);
  const busiest = requests.routes.toSorted((a, b) => b.requests - a.requests).slice(0, MOST_ROUTES);
  return (
    <section class="section" aria-labelledby="routes">
      <header>
        <h2 id="routes">{t.routes}</h2>
        <p class="hint">{t.sinceStart}</p>
      </header>
      <ScrollArea look="sheet" label={`${t.routes}, ${t.sinceStart}`}>
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">{t.route}</th>
              <th scope="col">{t.answered}</th>
              <th scope="col">4xx</th>
              <th scope="col">5xx</th>
              <th scope="col">{t.mean}</th>
              <th scope="col">{t.max}</th>
            </tr>
          </thead>
          <tbody>
            {busiest.map((each) => (
              <tr key={`${each.method} ${each.route}`}>
                <th scope="row">
                  <code>
                    {each.method} {each.route}
                  </code>
                </th>
                <td>{number(each.requests)}</td>
                <td>{number(each.refused)}</td>
                <td>{number(each.failed)}</td>
                <td>{t.ms(formatNumber(Math.round(each.meanMs * 10) / 10, language.value))}</td>
                <td>{t.ms(number(each.maxMs))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </section>
  );
}
