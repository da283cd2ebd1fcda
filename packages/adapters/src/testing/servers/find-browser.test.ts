import { describe, expect, it } from '@jest/globals';
import { aMachine } from './a-machine.js';
import { findBrowser } from './find-browser.js';

describe('Finding a browser', () => {
  it('takes the one that is named', async () => {
    const machine = aMachine({ programs: ['chromium', '/opt/chrome/chrome'] });
    const environment = { CHROMIUM: '/opt/chrome/chrome' };
    await expect(findBrowser(environment, aMachine({ programs: ['chromium'] }))).rejects.toThrow(
      new Error('CHROMIUM: /opt/chrome/chrome cannot be run.'),
    );
    const named = { ...machine, find: async (programs: readonly string[]) => programs[0] };
    expect(await findBrowser(environment, named)).toBe('/opt/chrome/chrome');
  });

  it('takes an installed one next, Chromium before Chrome', async () => {
    const machine = aMachine({ programs: ['google-chrome', 'chromium'], isRoot: true });
    expect(await findBrowser({}, machine)).toBe('/fake/chromium');
    expect(await findBrowser({}, aMachine({ programs: ['google-chrome'] }))).toBe(
      '/fake/google-chrome',
    );
    expect(machine.ran).toEqual([]);
  });

  it('installs it on Debian as root, and says so', async () => {
    const machine = aMachine({
      programs: ['apt-get'],
      isRoot: true,
      installs: { chromium: 'chromium' },
    });
    expect(await findBrowser({}, machine)).toBe('/fake/chromium');
    expect(machine.said).toEqual(['The tests need Chromium: installing the package chromium ...']);
  });

  it('says in one line what is needed where it cannot be had', async () => {
    await expect(findBrowser({}, aMachine({ programs: ['apt-get'] }))).rejects.toThrow(
      new Error(
        'The tests of the pages need Chromium or Chrome: install one, or set CHROMIUM to its path.',
      ),
    );
  });
});
