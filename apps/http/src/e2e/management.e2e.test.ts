import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlatformSimulator } from '@jumun/adapters';
import { parseMetrics, sampleIn, type ToldMetric } from '../testing/exposition.js';
import { Fleet } from '../testing/fleet.js';

const docs = (file: string): string =>
  readFileSync(new URL(`../../../../docs/${file}`, import.meta.url), 'utf8');

const METRIC = /\b(?:jumun|nodejs|process)_\w+/g;
const SERIES = /_(bucket|sum|count)$/;

/** What Prometheus itself adds, and what `histogram_quantile` needs. */
const LABELS_OF_PROMETHEUS = ['instance', 'job', 'le'];
/** A MySQL of its own and three processes have to start. */
const START_MS = 120_000;

interface Expression {
  readonly where: string;
  readonly text: string;
}

const alertNames = (): readonly string[] =>
  [...docs('ops/alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name);

const alerts = (): readonly Expression[] =>
  [...docs('ops/alerts.yml').matchAll(/- alert: (\w+)\n +expr: (.+)/g)].map(
    ([, where = '', text = '']) => ({ where, text }),
  );

interface Dashboard {
  readonly panels: readonly { title: string; targets: readonly { expr: string }[] }[];
}

const panels = (): readonly Expression[] =>
  (JSON.parse(docs('ops/grafana-dashboard.json')) as Dashboard).panels.flatMap(
    ({ title: where, targets }) => targets.map(({ expr: text }) => ({ where, text })),
  );

describe('What the processes tell of themselves', () => {
  let platform: PlatformSimulator;
  let fleet: Fleet;
  let texts: { readonly http: string; readonly worker: string };
  let told: ReadonlyMap<string, ToldMetric>;

  const textAt = async (url: string): Promise<string> => {
    const heard = await fetch(`${url}/metrics`);
    expect([heard.status, heard.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    return heard.text();
  };

  /** What the worker tells once it has told the platform of the order, and has written that down. */
  const untilDelivered = async (): Promise<string> => {
    for (;;) {
      const text = await textAt(fleet.workers[0]?.managementUrl ?? '');
      if ((sampleIn(text, 'jumun_delivery_outcomes_total{outcome="delivered"}') ?? 0) > 0) {
        return text;
      }
    }
  };

  beforeAll(async () => {
    platform = await PlatformSimulator.start();
    const { url, secrets } = platform.endpoint;
    const environment = { PLATFORM_URL: url, PLATFORM_SECRET: secrets.join(',') };
    fleet = await Fleet.start({ shops: 1, workers: 1, statsIntervalSeconds: 1, environment });
    const chulsoo = await fleet.customer(1, fleet.shops[0]);
    await chulsoo.post('/wallet/charges', { amount: 50_000 });
    const placed = await chulsoo.post('/orders', { items: [{ productId: 101, quantity: 1 }] });
    await chulsoo.post(`/orders/${placed.body.id}/payment`);
    await chulsoo.get('/orders/999999');
    await chulsoo.get('/products/101');
    texts = {
      http: await textAt(fleet.shops[0]?.managementUrl ?? ''),
      worker: await untilDelivered(),
    };
    const [http, worker] = [parseMetrics(texts.http), parseMetrics(texts.worker)];
    told = new Map([...http, ...worker]);
  }, START_MS);
  afterAll(async () => {
    await fleet.stop();
    await platform.close();
  });

  it('is what happened', () => {
    const requests = (route: string, method: string, status: string): number | undefined =>
      sampleIn(
        texts.http,
        `jumun_http_requests_total{route="/api/v1/${route}",method="${method}",status="${status}"}`,
      );
    expect(requests('wallet/charges', 'POST', '201')).toBe(1);
    expect(requests('orders/:id/payment', 'POST', '201')).toBe(1);
    expect(requests('orders/:id', 'GET', '404')).toBe(1);
    const { http, worker } = texts;
    expect(sampleIn(http, 'jumun_desk_items_total{desk="orders"}')).toBe(3);
    expect(sampleIn(http, 'jumun_desk_batch_size_bucket{desk="orders",le="1"}')).toBe(3);
    expect(
      sampleIn(http, 'jumun_database_transactions_total{outcome="committed"}'),
    ).toBeGreaterThan(2);
    expect(sampleIn(http, 'jumun_cache_reads_total{layer="redis",result="miss"}')).toBeGreaterThan(
      0,
    );
    expect(sampleIn(http, 'jumun_redis_up{connection="lock-1"}')).toBe(1);
    for (const text of [http, worker]) {
      expect(sampleIn(text, 'jumun_ready')).toBe(1);
      expect(sampleIn(text, 'jumun_dependency_up{dependency="database"}')).toBe(1);
    }
    expect(sampleIn(worker, 'jumun_delivery_delay_seconds_count')).toBe(1);
    expect(sampleIn(worker, 'jumun_delivery_circuit_open')).toBe(0);
    expect(sampleIn(worker, 'jumun_deliveries_waiting{status="FAILED"}')).toBe(0);
    expect(
      sampleIn(worker, 'jumun_job_last_success_timestamp_seconds{job_name="rollUpSales"}'),
    ).toBeGreaterThan(Date.now() / 1_000 - 60);
  });

  it('is not to be had where customers are', async () => {
    const heard = await fetch(`${fleet.shops[0]?.url}/metrics`);
    expect(heard.status).toBe(404);
  });

  it('is what the reference says, each by its type, labels and meaning', () => {
    const rows = [...docs('reference/metrics.md').matchAll(/^\| `(jumun_\w+)` .+$/gm)];
    const said = rows.map(([row]) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    const own = [...told.values()].filter(({ name }) => name.startsWith('jumun_'));
    expect(said.map(([name = '']) => name).toSorted()).toEqual(
      own.map(({ name }) => `\`${name}\``).toSorted(),
    );
    for (const [name = '', type, labels = '', meaning] of said) {
      const metric = told.get(name.replaceAll('`', ''));
      expect([name, type, meaning]).toEqual([name, metric?.type, metric?.help]);
      const documented = new Set([...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label));
      const undocumented = [...(metric?.labels ?? [])].filter(
        (label) => label !== 'le' && !documented.has(label),
      );
      expect([name, undocumented]).toEqual([name, []]);
    }
  });

  it('has every name and label that the dashboard and the alerts ask for', () => {
    const labels = new Set([
      ...LABELS_OF_PROMETHEUS,
      ...[...docs('reference/metrics.md').matchAll(/^\| `jumun_\w+` +\| \w+ +\| ([^|]*)\|/gm)]
        .flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)])
        .map(([, label = '']) => label),
    ]);
    const missing = [...alerts(), ...panels()].flatMap(({ where, text }) => {
      const names = [...text.matchAll(METRIC)].map(([name]) => name);
      const asked = [
        ...[...text.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label = '']) => label),
        ...[...text.matchAll(/by \(([^)]+)\)/g)].flatMap(([, list = '']) => list.split(/, */)),
      ];
      return [
        ...names.filter((name) => !told.has(name) && !told.has(name.replace(SERIES, ''))),
        ...asked.filter((label) => !labels.has(label)),
      ].map((name) => `${where}: ${name}`);
    });
    expect(missing).toEqual([]);
    expect([alerts().length, panels().length].every((count) => count > 10)).toBe(true);
    expect(alerts().map(({ where }) => where)).toEqual(alertNames());
  });

  it('shows every metric of ours on the dashboard, or raises an alert by it', () => {
    const shown = new Set(
      [...alerts(), ...panels()].flatMap(({ text }) =>
        [...text.matchAll(METRIC)].flatMap(([name]) => [name, name.replace(SERIES, '')]),
      ),
    );
    const unseen = [...told.keys()].filter((name) => name.startsWith('jumun_') && !shown.has(name));
    // How often somebody prepares bytes is of use where the popular route is slow, and nowhere else.
    expect(
      unseen.filter(
        (name) => !/^jumun_popular_answers_|^jumun_desk_batches_|^jumun_event_messages_/.test(name),
      ),
    ).toEqual([]);
  });

  it('has something to do in the runbook for every alert', () => {
    const headings = [...docs('ops/runbook.md').matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(headings).toEqual(alertNames());
  });
});
