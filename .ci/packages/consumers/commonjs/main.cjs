// `require` of all three packages. One process has each of them once, whoever asks for it in whatever way.
const assert = require('node:assert/strict');
const { InvariantViolation, Stock, pieces, productId, ok } = require('@jumun/domain');
const { aStock } = require('@jumun/domain/testing');
const { CommitOutcomeUnknown, Shop } = require('@jumun/application');
const { shopInMemory, storeContracts } = require('@jumun/application/testing');
const { InProcessCache, migrate } = require('@jumun/adapters');

assert.equal(Stock.open(productId(101), 50).reserve(pieces(1)).isOk(), true);
assert.equal(ok(1).isOk(), true);
assert.ok(aStock() instanceof Stock);
assert.ok(shopInMemory().shop instanceof Shop);
assert.ok(Object.keys(storeContracts).includes('UnitOfWork'));
assert.equal(typeof InProcessCache, 'function');
assert.equal(typeof migrate, 'function');

void (async () => {
  const imported = await import('@jumun/domain');
  assert.equal(imported.InvariantViolation, InvariantViolation);
  assert.equal((await import('@jumun/application')).CommitOutcomeUnknown, CommitOutcomeUnknown);
})();
