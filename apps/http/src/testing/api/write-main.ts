import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { breakingChanges } from './compare.js';
import { currentDocument } from './current-document.js';
import { type ApiDocument, readReference, REFERENCE } from './document.js';
import { referencePage } from './reference-page.js';

/**
 * Writes what is made from the routes: the document, the page of the routes, and the types of the client; or with `--check`
 * only says whether they are up to date, by its exit code. With `--release` today's document becomes the one that later
 * changes are compared with, and what was accepted until now is forgotten.
 */
const TYPES = new URL('../../../src/openapi/types.ts', import.meta.url);

// TypeScript 7 has no compiler API for JavaScript; the one that is there under another name has.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'typescript' ? 'typescript-compiler-api' : specifier, context),
});
const { default: typesOf, astToString } = await import('openapi-typescript');

const [mode] = process.argv.slice(2);
const document = currentDocument();
const text = `${JSON.stringify(document, null, 2)}\n`;
const types = astToString(await typesOf(text));
const files: readonly (readonly [file: URL, content: string])[] = [
  [new URL('openapi.json', REFERENCE), text],
  [new URL('api.md', REFERENCE), referencePage(document)],
  [TYPES, `// Made by npm run api:write from docs/reference/openapi.json.\n\n${types}`],
  ...(mode === '--release'
    ? ([
        [new URL('openapi-released.json', REFERENCE), text],
        [new URL('accepted-api-changes.json', REFERENCE), '[]\n'],
      ] as const)
    : []),
];

for (const [file, content] of files) {
  if (mode !== '--check') writeFileSync(file, content);
  else if (readFileSync(file, 'utf8') !== content) {
    console.error(`${fileURLToPath(file)} is not up to date: run npm run api:write`);
    process.exitCode = 1;
  }
}
const released = JSON.parse(readReference('openapi-released.json')) as ApiDocument;
const breaking = breakingChanges(released, document);
console.log(`Breaking changes since the last release: ${breaking.length}`);
for (const change of breaking) console.log(`  ${change}`);
