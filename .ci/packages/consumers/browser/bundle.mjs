// The domain in a browser: it needs nothing of Node, and a page pays only for what it uses.
import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const MOST_OF_ALL = 10_000;
const MOST_OF_A_PRICE = 3_000;

async function bundle(entry) {
  const { outputFiles, warnings } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    target: 'es2023',
    format: 'iife',
    globalName: 'jumun',
  });
  assert.deepEqual(warnings, []);
  const [{ contents, text }] = outputFiles;
  const zipped = gzipSync(contents).length;
  console.log(`${entry}: ${contents.length} bytes, ${zipped} zipped`);
  return { text, zipped };
}

const everything = await bundle('everything.js');
const page = runInNewContext(`${everything.text}; jumun`, {});
const held = page.Stock.open(page.productId(101), 50).reserve(page.pieces(1));
assert.equal(held.value.available, 49);
assert.ok(everything.zipped <= MOST_OF_ALL, `the domain is more than ${MOST_OF_ALL} bytes zipped`);

const price = await bundle('price.js');
const context = {};
runInNewContext(price.text, context);
assert.equal(context.total, 63_000);
assert.ok(price.zipped <= MOST_OF_A_PRICE, `a price is more than ${MOST_OF_A_PRICE} bytes zipped`);
