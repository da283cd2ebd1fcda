import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@jumun/adapters';
import { readConfig } from './config.js';

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
      profile: 'embedded',
      replicaUrl: undefined,
      redisUrls: [],
      warnings: [],
      port: 3000,
      host: '127.0.0.1',
      management: { port: 9464, host: '127.0.0.1', isPortGiven: false },
      metrics: true,
      tracing: null,
      shutdownGraceSeconds: 0,
      databaseUrl: 'sqlite://./data/jumun.db',
      devTokens: true,
      platform: null,
      simulatesPlatform: true,
      rateLimits: { perCustomer: 100, perAddress: 0 },
      trustedProxies: [],
      corsOrigins: [],
      orderHoldSeconds: 900,
      statsIntervalSeconds: 300,
      salesTimeZone: 'Asia/Seoul',
      demoData: true,
      warmUp: true,
      pages: { personas: true, tokenUrl: null, signInUrl: null },
      logLevel: 'info',
    });
    expect(tokens).toMatchObject({ secret: expect.stringMatching(/^.{32,}$/) });
  });

  it('is taken from the environment', () => {
    expect(
      readConfig({
        PORT: '0',
        MANAGEMENT_PORT: '65535',
        MANAGEMENT_HOST: '::1',
        METRICS: 'off',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318/',
        OTEL_SERVICE_NAME: 'shop',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
        SHUTDOWN_GRACE_SECONDS: '7',
        HOST: '0.0.0.0',
        DATABASE_URL: 'sqlite://:memory:',
        AUTH_JWT_SECRET: SECRET,
        AUTH_ISSUER: 'issuer',
        AUTH_AUDIENCE: 'audience',
        PLATFORM_URL: 'https://platform.example/orders',
        PLATFORM_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, the words that were used before',
        RATE_LIMIT_PER_CUSTOMER: '0',
        RATE_LIMIT_PER_ADDRESS: '1000000',
        TRUST_PROXY: 'loopback, 10.0.0.7,fd00::/8',
        CORS_ORIGINS: 'https://shop.example, http://localhost:5173',
        ORDER_HOLD_SECONDS: '86400',
        STATS_INTERVAL_SECONDS: '5',
        SALES_TIME_ZONE: 'America/St_Johns',
        DEMO_DATA: 'OFF',
        WARM_UP: 'off',
        PAGES: 'on',
        PAGES_TOKEN_URL: 'https://id.shop.example/token',
        PAGES_SIGN_IN_URL: 'https://id.shop.example/sign-in',
        LOG_LEVEL: 'debug',
        NODE_ENV: 'production',
        UNRELATED: 'whatever',
      }),
    ).toEqual({
      profile: 'embedded',
      replicaUrl: undefined,
      redisUrls: [],
      warnings: [],
      port: 0,
      host: '0.0.0.0',
      management: { port: 65_535, host: '::1', isPortGiven: true },
      metrics: false,
      tracing: { endpoint: 'https://collector:4318/', service: 'shop', ratio: 0.25 },
      shutdownGraceSeconds: 7,
      databaseUrl: 'sqlite://:memory:',
      tokens: { secret: SECRET, issuer: 'issuer', audience: 'audience' },
      devTokens: false,
      platform: {
        url: 'https://platform.example/orders',
        secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'the words that were used before'],
      },
      simulatesPlatform: false,
      rateLimits: { perCustomer: 0, perAddress: 1_000_000 },
      trustedProxies: ['loopback', '10.0.0.7', 'fd00::/8'],
      corsOrigins: ['https://shop.example', 'http://localhost:5173'],
      orderHoldSeconds: 86_400,
      statsIntervalSeconds: 5,
      salesTimeZone: 'America/St_Johns',
      demoData: false,
      warmUp: false,
      pages: {
        personas: false,
        tokenUrl: 'https://id.shop.example/token',
        signInUrl: 'https://id.shop.example/sign-in',
      },
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
    const lines = [
      'AUTH_JWT_SECRET: is required when NODE_ENV is production, unless AUTH_JWKS_URL is set',
    ];
    expect(complaints({ NODE_ENV: 'production' })).toEqual(lines);
    expect(complaints({ AUTH_ISSUER: 'issuer' })).toEqual([
      'AUTH_JWT_SECRET: is required with AUTH_ISSUER or AUTH_AUDIENCE, unless AUTH_JWKS_URL is set',
    ]);
    expect(readConfig({ NODE_ENV: 'development' }).devTokens).toBe(true);
  });
});

describe('The data platform', () => {
  const URL = 'https://platform.example/orders';
  const WORDS = 'a secret of twenty-four bytes';

  it('needs a secret, and cannot be just anything', () => {
    expect(complaints({ PLATFORM_URL: URL })).toEqual([
      'PLATFORM_SECRET: is required with PLATFORM_URL',
    ]);
    for (const url of ['platform.example', 'ftp://platform.example', 'https://me:pass@host/']) {
      expect(complaints({ PLATFORM_URL: url, PLATFORM_SECRET: WORDS })).toEqual([
        expect.stringMatching(/^PLATFORM_URL: must be https:/),
      ]);
    }
    for (const secret of ['whsec_', 'whsec_not base64', 'a,b,c', 'a,']) {
      expect(complaints({ PLATFORM_URL: URL, PLATFORM_SECRET: secret })).toEqual([
        expect.stringMatching(/^PLATFORM_SECRET: must be a secret/),
      ]);
    }
  });

  it('is one to warn of where it can be read on the way, or forged', () => {
    const warnings = (url: string, secret: string) =>
      readConfig({ PLATFORM_URL: url, PLATFORM_SECRET: secret }).warnings;
    expect(warnings(URL, WORDS)).toEqual([]);
    expect(warnings('http://127.0.0.1:9/', WORDS)).toEqual([]);
    expect(warnings('http://platform.example/', 'short')).toEqual([
      'PLATFORM_URL: what is sent over http:// can be read on the way',
      'PLATFORM_SECRET: should be at least 24 bytes',
    ]);
  });

  it('is simulated in the embedded profile, unless it is production or somebody is configured', () => {
    const isSimulated = (variables: Variables) => readConfig(variables).simulatesPlatform;
    expect(isSimulated({})).toBe(true);
    expect(isSimulated({ AUTH_JWT_SECRET: SECRET })).toBe(true);
    expect(isSimulated({ AUTH_JWT_SECRET: SECRET, NODE_ENV: 'production' })).toBe(false);
    expect(isSimulated({ PLATFORM_URL: URL, PLATFORM_SECRET: WORDS })).toBe(false);
    const onMysql = { DATABASE_URL: 'mysql://jumun:secret@db:3306/shop', AUTH_JWT_SECRET: SECRET };
    expect(isSimulated(onMysql)).toBe(false);
  });
});

describe('The production profile', () => {
  const MYSQL = 'mysql://jumun:secret@db:3306/shop';

  it('is that of a MySQL server, with a replica and Redis where they are named', () => {
    expect(
      readConfig({
        DATABASE_URL: MYSQL,
        DATABASE_REPLICA_URL: 'mysql://replica/shop',
        REDIS_URL: 'redis://one:6379, rediss://two:6380,redis://three',
        AUTH_JWT_SECRET: SECRET,
      }),
    ).toMatchObject({
      profile: 'production',
      databaseUrl: MYSQL,
      replicaUrl: 'mysql://replica/shop',
      redisUrls: ['redis://one:6379', 'rediss://two:6380', 'redis://three'],
      devTokens: false,
      demoData: false,
      host: undefined,
    });
  });

  it('has demo data only when it is asked for', () => {
    const variables = { DATABASE_URL: MYSQL, AUTH_JWT_SECRET: SECRET, DEMO_DATA: 'on' };
    expect(readConfig(variables).demoData).toBe(true);
  });

  it('needs real tokens', () => {
    const lines = [
      'AUTH_JWT_SECRET: is required when DATABASE_URL is mysql://, unless AUTH_JWKS_URL is set',
    ];
    expect(complaints({ DATABASE_URL: MYSQL })).toEqual(lines);
  });

  it('is not that of an SQLite file with a replica', () => {
    expect(complaints({ DATABASE_REPLICA_URL: MYSQL })).toEqual([
      'DATABASE_REPLICA_URL: needs a DATABASE_URL that is mysql://',
    ]);
  });
});

describe('Tokens of an issuer that publishes its keys', () => {
  const JWKS = { AUTH_JWKS_URL: 'https://issuer.example/keys' };
  const FROM_THERE_FOR_US = { AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'jumun' };

  it('are as good as a secret, in every profile', () => {
    const production = { ...JWKS, ...FROM_THERE_FOR_US, NODE_ENV: 'production' };
    const config = readConfig({ ...production, DATABASE_URL: 'mysql://db/shop' });
    expect(config).toMatchObject({
      tokens: {
        jwksUrl: 'https://issuer.example/keys',
        issuer: 'https://issuer.example',
        audience: 'jumun',
      },
      devTokens: false,
      host: undefined,
      warnings: [],
    });
  });

  it('are not taken together with those of a secret', () => {
    expect(complaints({ ...JWKS, AUTH_JWT_SECRET: SECRET })).toEqual([
      'AUTH_JWKS_URL: cannot be set together with AUTH_JWT_SECRET',
    ]);
  });

  it('are taken with a warning where they may be meant for others, or their keys be exchanged', () => {
    expect(readConfig(JWKS).warnings.map((line) => line.split(':')[0])).toEqual([
      'AUTH_ISSUER',
      'AUTH_AUDIENCE',
    ]);
    const warnings = (host: string) =>
      readConfig({ ...FROM_THERE_FOR_US, AUTH_JWKS_URL: `http://${host}/keys` }).warnings;
    expect(warnings('issuer.example')).toEqual([expect.stringMatching(/^AUTH_JWKS_URL: .*http:/)]);
    expect(warnings('127.0.0.1:8080')).toEqual([]);
  });
});

describe('Two secrets', () => {
  const [one, other] = ['x'.repeat(32), 'y'.repeat(32)];

  it('are the one that signs and the one before or to come', () => {
    expect(readConfig({ AUTH_JWT_SECRET: `${one}, ${other}` }).tokens).toMatchObject({
      secret: one,
      otherSecret: other,
    });
  });

  it('are both long enough', () => {
    const variables = { AUTH_JWT_SECRET: `${one},short`, NODE_ENV: 'production' };
    expect(complaints(variables)).toEqual(['AUTH_JWT_SECRET: must be at least 32 bytes']);
  });
});

describe('A secret that is too short for its purpose', () => {
  const short = { AUTH_JWT_SECRET: 'x'.repeat(31) };

  it('is refused in production', () => {
    const lines = ['AUTH_JWT_SECRET: must be at least 32 bytes'];
    expect(complaints({ ...short, NODE_ENV: 'production' })).toEqual(lines);
  });

  it('is warned of elsewhere', () => {
    const warnings = ['AUTH_JWT_SECRET: must be at least 32 bytes'];
    expect(readConfig(short)).toMatchObject({ warnings, devTokens: false });
  });
});

describe('The pages', () => {
  it('are there unless they are switched off', () => {
    expect(readConfig({}).pages).not.toBeNull();
    expect(readConfig({ PAGES: 'off' }).pages).toBeNull();
    const elsewhere = { PAGES: 'off', PAGES_TOKEN_URL: 'https://id.shop.example/token' };
    expect(readConfig(elsewhere).pages).toBeNull();
  });

  it('let nobody choose who to be where tokens are real, or come from somewhere', () => {
    const isChosen = (variables: Variables): boolean | undefined =>
      readConfig(variables).pages?.personas;
    expect(isChosen({})).toBe(true);
    expect(isChosen({ AUTH_JWT_SECRET: SECRET })).toBe(false);
    expect(isChosen({ PAGES_TOKEN_URL: 'http://localhost:4000/token' })).toBe(false);
  });

  it('send nobody to sign in where no token is to be had afterwards', () => {
    expect(complaints({ PAGES_SIGN_IN_URL: 'https://id.shop.example/sign-in' })).toEqual([
      'PAGES_SIGN_IN_URL: needs a PAGES_TOKEN_URL',
    ]);
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
    ['DATABASE_URL', 'mysql://server'],
    ['DATABASE_URL', 'mysql:///shop'],
    ['DATABASE_REPLICA_URL', 'sqlite://./copy.db'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis://one,http://two'],
    ['DATABASE_URL', 'sqlite://'],
    ['ORDER_HOLD_SECONDS', '0'],
    ['ORDER_HOLD_SECONDS', '86401'],
    ['ORDER_HOLD_SECONDS', '15m'],
    ['STATS_INTERVAL_SECONDS', '0'],
    ['STATS_INTERVAL_SECONDS', '86401'],
    ['STATS_INTERVAL_SECONDS', '5m'],
    ['SALES_TIME_ZONE', 'Asia/Busan'],
    ['AUTH_JWT_SECRET', 'one,two,three'],
    ['AUTH_JWT_SECRET', 'one,'],
    ['AUTH_JWKS_URL', 'issuer.example/keys'],
    ['AUTH_JWKS_URL', 'ftp://issuer.example/keys'],
    ['AUTH_JWKS_URL', 'https://user:hush@issuer.example/keys'],
    ['PAGES', 'maybe'],
    ['PAGES_TOKEN_URL', 'id.shop.example/token'],
    ['PAGES_SIGN_IN_URL', 'https://user:hush@id.shop.example'],
    ['RATE_LIMIT_PER_CUSTOMER', '-1'],
    ['RATE_LIMIT_PER_CUSTOMER', 'none'],
    ['RATE_LIMIT_PER_ADDRESS', '1000001'],
    ['TRUST_PROXY', 'everybody'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.7,'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'shop.example'],
    ['CORS_ORIGINS', 'https://shop.example/'],
    ['CORS_ORIGINS', 'https://shop.example/app'],
    ['CORS_ORIGINS', 'null'],
    ['DEMO_DATA', 'yes please'],
    ['DEMO_DATA', 'constructor'],
    ['LOG_LEVEL', 'loud'],
  ])('is told in one line: %s=%s', (name, value) => {
    const lines = complaints({ [name]: value });
    expect(lines).toEqual([expect.stringMatching(`^${name}: (must be|is) .+`)]);
  });

  it('is told together with all others, and never repeated', () => {
    const lines = complaints({
      PORT: 'hush',
      REDIS_URL: 'http://:hush@localhost',
      SALES_TIME_ZONE: 'hush',
    });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'REDIS_URL',
      'SALES_TIME_ZONE',
    ]);
    expect(lines.join()).not.toContain('hush');
  });

  it('has a process that is about to go take its leave, where somebody balances the load', () => {
    const DATABASE_URL = 'mysql://jumun@mysql/jumun';
    const production = readConfig({ DATABASE_URL, AUTH_JWT_SECRET: SECRET });
    expect(production.shutdownGraceSeconds).toBe(3);
    expect(production.management.host).toBeUndefined();
  });

  it('says what of watching it is wrong', () => {
    expect(
      complaints({
        METRICS: 'some',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://collector',
        OTEL_TRACES_SAMPLER_ARG: '-1',
        SHUTDOWN_GRACE_SECONDS: '301',
      }),
    ).toEqual([
      'METRICS: must be on or off',
      'OTEL_EXPORTER_OTLP_ENDPOINT: must be http://host:port or https://host:port',
      'OTEL_TRACES_SAMPLER_ARG: must be a number from 0 to 1',
      'SHUTDOWN_GRACE_SECONDS: must be a whole number from 0 to 300',
    ]);
  });
});
