import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@jumun/adapters';
import { readConfig } from './config.js';

const linesOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.lines;
    throw fault;
  }
};

describe("The worker's configuration", () => {
  it('needs nothing to be set', () => {
    expect(readConfig({})).toEqual({
      management: { port: 9464, host: '127.0.0.1', isPortGiven: false },
      metrics: true,
      tracing: null,
      databaseUrl: 'sqlite://./data/jumun.db',
      redisUrls: [],
      platform: null,
      orderHoldSeconds: 900,
      statsIntervalSeconds: 300,
      salesTimeZone: 'Asia/Seoul',
      logLevel: 'info',
      warnings: ['PLATFORM_URL: is not set; messages about orders wait in line'],
    });
  });

  it('names the data platform, and what messages are signed by', () => {
    const secret = 'a secret of twenty-four bytes';
    const config = readConfig({
      PLATFORM_URL: 'https://platform.example/orders',
      PLATFORM_SECRET: `${secret}, the one before in as many bytes`,
    });
    expect(config).toMatchObject({
      platform: {
        url: 'https://platform.example/orders',
        secrets: [secret, 'the one before in as many bytes'],
      },
      warnings: [],
    });
    expect(linesOf({ PLATFORM_URL: 'https://platform.example/' })).toEqual([
      'PLATFORM_SECRET: is required with PLATFORM_URL',
    ]);
  });

  it('takes a blank variable for one that is not set', () => {
    expect(readConfig({ ORDER_HOLD_SECONDS: '', LOG_LEVEL: ' ', REDIS_URL: '\t' })).toEqual(
      readConfig({}),
    );
  });

  it('names every variable that is wrong, one a line', () => {
    const lines = linesOf({
      DATABASE_URL: 'shop.db',
      REDIS_URL: 'redis://one,two',
      PLATFORM_URL: 'platform.example',
      PLATFORM_SECRET: 'one,two,three',
      ORDER_HOLD_SECONDS: 'soon',
      STATS_INTERVAL_SECONDS: '0',
      SALES_TIME_ZONE: 'Mars/Olympus',
      LOG_LEVEL: 'loud',
      MANAGEMENT_PORT: '65536',
      METRICS: 'some',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector',
      OTEL_TRACES_SAMPLER_ARG: '1.1',
    });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'MANAGEMENT_PORT',
      'METRICS',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_TRACES_SAMPLER_ARG',
      'DATABASE_URL',
      'REDIS_URL',
      'PLATFORM_URL',
      'PLATFORM_SECRET',
      'ORDER_HOLD_SECONDS',
      'STATS_INTERVAL_SECONDS',
      'SALES_TIME_ZONE',
      'LOG_LEVEL',
    ]);
  });

  it('opens its management port to others where others are likely to look at it', () => {
    const DATABASE_URL = 'mysql://jumun@mysql/jumun';
    expect(readConfig({ DATABASE_URL, MANAGEMENT_PORT: '0' }).management).toEqual({
      port: 0,
      host: undefined,
      isPortGiven: true,
    });
    expect(readConfig({ DATABASE_URL, MANAGEMENT_HOST: '::1' }).management.host).toBe('::1');
  });

  it('traces where there is somewhere to send the traces', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318';
    expect(
      readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG: '.1' }).tracing,
    ).toEqual({
      endpoint: OTEL_EXPORTER_OTLP_ENDPOINT,
      service: 'jumun-worker',
      ratio: 0.1,
    });
  });
});
