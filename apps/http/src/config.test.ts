import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

type Variables = Parameters<typeof readConfig>[0];

const SECRET = 'x'.repeat(32);

const complaints = (variables: Variables): readonly string[] => {
  try {
    readConfig(variables);
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.lines;
    throw fault;
  }
  return [];
};

describe('The configuration', () => {
  it('needs nothing', () => {
    const { tokens, ...config } = readConfig({});
    expect(config).toEqual({
      port: 3000,
      host: '127.0.0.1',
      managementPort: 9464,
      databaseUrl: 'sqlite://./data/jumun.db',
      devTokens: true,
      orderHoldSeconds: 900,
      salesTimeZone: 'Asia/Seoul',
      demoData: true,
      logLevel: 'info',
    });
    expect(tokens.secret.length).toBeGreaterThanOrEqual(32);
  });

  it('is taken from the environment', () => {
    expect(
      readConfig({
        PORT: '0',
        MANAGEMENT_PORT: '65535',
        HOST: '0.0.0.0',
        DATABASE_URL: 'sqlite://:memory:',
        AUTH_JWT_SECRET: SECRET,
        AUTH_ISSUER: 'issuer',
        AUTH_AUDIENCE: 'audience',
        ORDER_HOLD_SECONDS: '86400',
        SALES_TIME_ZONE: 'America/St_Johns',
        DEMO_DATA: 'OFF',
        LOG_LEVEL: 'debug',
        NODE_ENV: 'production',
        UNRELATED: 'whatever',
      }),
    ).toEqual({
      port: 0,
      host: '0.0.0.0',
      managementPort: 65_535,
      databaseUrl: 'sqlite://:memory:',
      tokens: { secret: SECRET, issuer: 'issuer', audience: 'audience' },
      devTokens: false,
      orderHoldSeconds: 86_400,
      salesTimeZone: 'America/St_Johns',
      demoData: false,
      logLevel: 'debug',
    });
  });

  it('takes a blank variable for one that is not set', () => {
    const blank = { PORT: '', HOST: ' ', REDIS_URL: '', DATABASE_URL: '', AUTH_JWT_SECRET: '' };
    expect(readConfig(blank)).toEqual(readConfig({}));
  });

  it.each<[string, boolean]>([
    ['on', true],
    ['true', true],
    ['1', true],
    ['off', false],
    ['false', false],
    ['0', false],
  ])('takes DEMO_DATA=%s', (value, demoData) => {
    expect(readConfig({ DEMO_DATA: value }).demoData).toBe(demoData);
  });

  it('opens all interfaces once tokens are real', () => {
    expect(readConfig({ AUTH_JWT_SECRET: SECRET })).toMatchObject({
      host: undefined,
      devTokens: false,
      tokens: { issuer: null, audience: null },
    });
  });

  it('has no development tokens in production, or beside a configured issuer', () => {
    const lines = ['AUTH_JWT_SECRET: is required when NODE_ENV is production'];
    expect(complaints({ NODE_ENV: 'production' })).toEqual(lines);
    expect(complaints({ AUTH_ISSUER: 'issuer' })).toEqual([
      'AUTH_JWT_SECRET: is required with AUTH_ISSUER or AUTH_AUDIENCE',
    ]);
    expect(readConfig({ NODE_ENV: 'development' }).devTokens).toBe(true);
  });
});

describe('A value that cannot be used', () => {
  it.each([
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['PORT', '0x10'],
    ['PORT', 'http'],
    ['MANAGEMENT_PORT', '99999'],
    ['DATABASE_URL', 'postgres://localhost/jumun'],
    ['DATABASE_URL', './jumun.db'],
    ['DATABASE_URL', 'sqlite://'],
    ['AUTH_JWT_SECRET', 'x'.repeat(31)],
    ['ORDER_HOLD_SECONDS', '0'],
    ['ORDER_HOLD_SECONDS', '86401'],
    ['ORDER_HOLD_SECONDS', '15m'],
    ['SALES_TIME_ZONE', 'Asia/Busan'],
    ['DEMO_DATA', 'yes please'],
    ['DEMO_DATA', 'constructor'],
    ['LOG_LEVEL', 'loud'],
  ])('is told in one line: %s=%s', (name, value) => {
    const lines = complaints({ [name]: value });
    expect(lines).toEqual([expect.stringMatching(`^${name}: (must be|is) .+`)]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://user:hush@localhost/jumun'],
    ['DATABASE_REPLICA_URL', 'mysql://user:hush@localhost/jumun'],
    ['REDIS_URL', 'redis://:hush@localhost'],
    ['PLATFORM_URL', 'https://hush.example'],
    ['AUTH_JWKS_URL', 'https://hush.example'],
  ])('is refused rather than ignored while it is not supported: %s', (name, value) => {
    expect(complaints({ [name]: value })).toEqual([
      expect.stringMatching(`^${name}: .*not supported yet`),
    ]);
  });

  it('is told together with all others, and never repeated', () => {
    const lines = complaints({
      PORT: 'hush',
      AUTH_JWT_SECRET: 'hush',
      REDIS_URL: 'redis://:hush@localhost',
      SALES_TIME_ZONE: 'hush',
    });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'REDIS_URL',
      'AUTH_JWT_SECRET',
      'SALES_TIME_ZONE',
    ]);
    expect(lines.join()).not.toContain('hush');
  });
});
