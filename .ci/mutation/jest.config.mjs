/**
 * The tests that stand beside the code that is changed, as one flat project: Stryker finds no tests where Jest has several.
 * `MUTATED` names their folder, such as `packages/domain/src/stock`.
 */
export default {
  rootDir: '../..',
  roots: [`<rootDir>/${process.env.MUTATED}`],
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  setupFiles: ['<rootDir>/.ci/mutation/fixed-seed.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@jumun/(domain|application)/testing$': '<rootDir>/packages/$1/src/testing/index.ts',
    '^@jumun/(domain|application)$': '<rootDir>/packages/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
  testTimeout: 30_000,
};
