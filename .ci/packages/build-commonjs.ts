/**
 * Writes the CommonJS build of the package in the current folder, from what `tsc -b` has built: `dist` again below
 * `dist/commonjs`, every module as CommonJS. For tools that cannot `require` an ES module, such as Jest as it comes; Node
 * itself takes the ES modules for `import` and `require` alike, by the condition `module-sync`. See ADR 0020.
 *
 * Usage: in a package, `node ../../.ci/packages/build-commonjs.ts`; `npm pack` does it.
 */
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript-compiler-api';

const DIST = 'dist';
const COMMONJS = path.join(DIST, 'commonjs');

rmSync(COMMONJS, { recursive: true, force: true });

const sources = globSync('src/**/*.ts', { exclude: ['**/*.test.ts', '**/*.d.ts'] });
for (const source of sources) {
  const module = source.replace(/^src\//, '').replace(/\.ts$/, '');
  const target = path.join(COMMONJS, module);
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(path.join(DIST, `${module}.d.ts`), `${target}.d.ts`);
  const { outputText } = ts.transpileModule(readFileSync(path.join(DIST, `${module}.js`), 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2023,
      esModuleInterop: true,
    },
  });
  writeFileSync(`${target}.js`, withoutSourceMap(outputText));
  const types = readFileSync(`${target}.d.ts`, 'utf8');
  writeFileSync(`${target}.d.ts`, withoutSourceMap(types));
}
const scope = { type: 'commonjs', sideEffects: false };
writeFileSync(path.join(COMMONJS, 'package.json'), `${JSON.stringify(scope, null, 2)}\n`);

/** The map of the ES module does not fit. */
function withoutSourceMap(text: string): string {
  return text.replace(/^\/\/# sourceMappingURL=.*\n?/gm, '');
}
