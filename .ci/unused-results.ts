/**
 * Two rules that oxlint cannot say:
 * - a neverthrow Result nobody looks at is an error (awaited or not, through void and comma too);
 * - `new Date()` without arguments reads the clock, which the core must be given.
 *
 * Usage: node .ci/unused-results.ts [tsconfig.json ...]; without arguments, every workspace and the bench.
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript-compiler-api';

const CORE = /packages\/(domain|application)\/src(?!.*(\/testing\/|\.test\.ts$|\.contract\.ts$))\//;

const asked = process.argv.slice(2);
const configs = asked.length > 0 ? asked : globSync('{{packages,apps}/*,bench}/tsconfig.json');
const host: ts.ParseConfigFileHost = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  },
};
const files = configs.flatMap(
  (config) => ts.getParsedCommandLineOfConfigFile(config, undefined, host)?.fileNames ?? [],
);
const program = ts.createProgram(files, {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['jumun-source'],
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
});
const checker = program.getTypeChecker();

function holdsResult(type: ts.Type): boolean {
  const settled = checker.getAwaitedType(type) ?? type;
  if (settled.isUnion()) return settled.types.some(holdsResult);
  if (checker.isArrayType(settled))
    return checker.getTypeArguments(settled as ts.TypeReference).some(holdsResult);
  const symbol = settled.getSymbol();
  return (
    ['Ok', 'Err', 'ResultAsync'].includes(symbol?.name ?? '') &&
    (symbol?.declarations ?? []).some((d) => d.getSourceFile().fileName.includes('/neverthrow/'))
  );
}

/** The expressions whose values are dropped when `node`'s value is. */
function dropped(node: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(node) || ts.isVoidExpression(node))
    return dropped(node.expression);
  if (ts.isConditionalExpression(node))
    return [...dropped(node.whenTrue), ...dropped(node.whenFalse)];
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.CommaToken)
      return [...dropped(node.left), ...dropped(node.right)];
    if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment)
      return [];
  }
  return [node];
}

/** `new Date()` or `Date()`. */
function readsClock(node: ts.Node): boolean {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  return node.expression.getText() === 'Date' && !node.arguments?.length;
}

/** `() => expression` where the caller expects nothing back. */
function isVoidArrow(node: ts.Node): node is ts.ArrowFunction & { body: ts.Expression } {
  if (!ts.isArrowFunction(node) || ts.isBlock(node.body)) return false;
  const [signature] = checker.getContextualType(node)?.getCallSignatures() ?? [];
  return !!signature && checker.getReturnTypeOfSignature(signature) === checker.getVoidType();
}

const problems: string[] = [];
function report(at: ts.Node, message: string): void {
  const file = at.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(at.getStart());
  problems.push(`${path.relative('.', file.fileName)}:${line + 1} ${message}`);
}
function check(node: ts.Node): void {
  const statement = ts.isExpressionStatement(node) ? node.expression : undefined;
  const ignored = statement ?? (isVoidArrow(node) ? node.body : undefined);
  for (const value of ignored ? dropped(ignored) : [])
    if (holdsResult(checker.getTypeAtLocation(value)))
      report(value, 'a Result is dropped here: handle it or return it');
  if (readsClock(node) && CORE.test(node.getSourceFile().fileName))
    report(node, 'the core is given the time: it does not read the clock');
  ts.forEachChild(node, check);
}

for (const source of files.map((file) => program.getSourceFile(file))) if (source) check(source);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
