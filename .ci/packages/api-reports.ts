/**
 * What each package shows to others, as a report that is kept in the repository: `packages/NAME/api`. A change of it must
 * be seen in a change of the report, so that nobody changes it without knowing. See docs/versioning.md.
 *
 * Usage, after `tsc -b`: node .ci/packages/api-reports.ts [--accept]
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type IConfigFile,
} from '@microsoft/api-extractor';

const root = path.resolve(import.meta.dirname, '../..');
const PACKAGES = ['domain', 'application', 'adapters'];
const ENTRIES = { index: 'dist/index.d.ts', testing: 'dist/testing/index.d.ts' };
const ACCEPT = 'npm run api:accept';

/** The compiler and the linter have said all there is to say. */
const SILENT = {
  compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
  extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
  tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
};

/** Where the report of what a package shows now is written, to be compared with the one that is kept. */
const foundIn = (name: string): string => path.join(root, 'coverage/api', name);

const { values } = parseArgs({ options: { accept: { type: 'boolean', default: false } } });

function reportOf(name: string, entry: keyof typeof ENTRIES): boolean {
  const projectFolder = path.join(root, 'packages', name);
  mkdirSync(path.join(projectFolder, 'api'), { recursive: true });
  const configObject: IConfigFile = {
    projectFolder,
    mainEntryPointFilePath: path.join(projectFolder, ENTRIES[entry]),
    newlineKind: 'lf',
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          module: 'nodenext',
          target: 'es2023',
          lib: ['es2024'],
          types: name === 'adapters' ? ['node'] : [],
          strict: true,
          skipLibCheck: true,
        },
        files: [ENTRIES[entry]],
      },
    },
    apiReport: {
      enabled: true,
      reportFileName: `${entry}.api.md`,
      reportFolder: '<projectFolder>/api',
      reportTempFolder: foundIn(name),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: SILENT,
  };
  const config = ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(projectFolder, 'package.json'),
  });
  const { succeeded, apiReportChanged } = Extractor.invoke(config, {
    localBuild: values.accept,
    messageCallback: (message) => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  const isDocumented = complainAbout(name, entry);
  if (apiReportChanged && !values.accept) {
    console.error(`packages/${name}/api/${entry}.api.md: the public surface is not what it says`);
  }
  return (succeeded || (values.accept && apiReportChanged)) && isDocumented;
}

/** Functions and classes without a doc comment. */
const UNDOCUMENTED =
  /^\/\/ @public \(undocumented\)\nexport (?:abstract )?(?:function|class|const) (?<symbol>\w+)(?=[(<]|: \(| \{)/gm;

function complainAbout(name: string, entry: string): boolean {
  const report = readFileSync(path.join(foundIn(name), `${entry}.api.md`), 'utf8');
  const found = [...report.matchAll(UNDOCUMENTED)].map(({ groups }) => groups?.['symbol'] ?? '');
  for (const symbol of found)
    console.error(`@jumun/${name}, ${entry}: ${symbol} has no doc comment`);
  return found.length === 0;
}

const kept = PACKAGES.flatMap((name) =>
  (Object.keys(ENTRIES) as (keyof typeof ENTRIES)[]).map((entry) => reportOf(name, entry)),
);
if (!kept.every(Boolean)) {
  console.error(`Read docs/versioning.md, then accept the change with: ${ACCEPT}`);
  process.exitCode = 1;
}
