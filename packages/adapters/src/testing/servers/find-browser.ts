import { installPackage, type PackagedProgram } from './install-package.js';
import { type Machine, thisMachine } from './machine.js';

const CHROMIUM: PackagedProgram = {
  title: 'Chromium',
  programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  debianPackage: 'chromium',
};

/**
 * Where the browser is that the tests of the pages steer: the one that `CHROMIUM` names, else an installed one, else a package
 * that is installed now.
 */
export async function findBrowser(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  machine: Machine = thisMachine,
): Promise<string> {
  const named = environment['CHROMIUM'];
  if (named !== undefined) {
    const given = await machine.find([named]);
    if (given === undefined) throw new Error(`CHROMIUM: ${named} cannot be run.`);
    return given;
  }
  const browser =
    (await machine.find(CHROMIUM.programs)) ?? (await installPackage(CHROMIUM, machine));
  if (browser !== undefined) return browser;
  throw new Error(
    'The tests of the pages need Chromium or Chrome: install one, or set CHROMIUM to its path.',
  );
}
