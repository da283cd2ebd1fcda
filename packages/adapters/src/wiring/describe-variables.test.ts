import { describe, expect, it } from '@jest/globals';
import { asksForHelp, describeVariables, helpFor } from './describe-variables.js';

/** A schema of a variable that has this default. */
const schema = (data: unknown, description?: string, unset?: string) => ({
  meta: () => ({ description, unset }),
  safeParse: () => ({ success: true, data }),
});

describe('A description of variables', () => {
  it('is what their schemas say: the meaning, and what is so without them', () => {
    const described = describeVariables({
      PORT: schema(3000, 'where'),
      HOST: schema(undefined, 'what'),
      URLS: schema([], 'which'),
      SWITCH: schema(false, 'whether'),
      OTHER: schema(undefined, 'how', 'as it comes'),
    });
    expect(described.map(({ name, preset }) => [name, preset])).toEqual([
      ['PORT', '3000'],
      ['HOST', 'none'],
      ['URLS', 'none'],
      ['SWITCH', 'off'],
      ['OTHER', 'as it comes'],
    ]);
    expect(described[0]?.meaning).toBe('where');
  });

  it('cannot be made of a schema that says nothing', () => {
    expect(() => describeVariables({ PORT: schema(3000) })).toThrow('PORT has no description');
  });
});

describe('The help of a program', () => {
  it('tells how it is started, what it does, and every variable', () => {
    const variables = [{ name: 'PORT', preset: '3000', meaning: 'the `port`' }];
    const help = helpFor({ command: 'node main.js', purpose: 'Serves.', variables });
    expect(help).toMatch(/^Usage: node main\.js\n\nServes\.\n/);
    expect(help).toContain('  PORT (3000)\n      the port\n');
  });

  it.each([
    [['--help'], true],
    [['-h'], true],
    [[], false],
    [['help'], false],
  ])('is asked for by %j: %s', (args, isAsked) => {
    expect(asksForHelp(args)).toBe(isAsked);
  });
});
