import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

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
      databaseUrl: 'sqlite://./data/jumun.db',
      redisUrls: [],
      orderHoldSeconds: 900,
      statsIntervalSeconds: 300,
      salesTimeZone: 'Asia/Seoul',
      logLevel: 'info',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ ORDER_HOLD_SECONDS: '', LOG_LEVEL: '' })).toEqual(readConfig({}));
  });

  it('names every variable that is wrong, one a line', () => {
    const lines = linesOf({
      DATABASE_URL: 'shop.db',
      REDIS_URL: 'redis://one,two',
      ORDER_HOLD_SECONDS: 'soon',
      STATS_INTERVAL_SECONDS: '0',
      SALES_TIME_ZONE: 'Mars/Olympus',
      LOG_LEVEL: 'loud',
    });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'DATABASE_URL',
      'REDIS_URL',
      'ORDER_HOLD_SECONDS',
      'STATS_INTERVAL_SECONDS',
      'SALES_TIME_ZONE',
      'LOG_LEVEL',
    ]);
  });
});
