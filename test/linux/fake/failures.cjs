// SPDX-License-Identifier: MIT
// Failures are values: codes, stages, details, and running out of memory.

const assert = require('node:assert/strict');
const { addon, ask, call, connect } = require('./addon.cjs');

void (async () => {
  const root = await connect();
  assert.deepEqual(await call(root, 'Fail', 0x80200001), { hresult: 0x80200001, value: null });
  assert.deepEqual(await call(root, 'Fail', 0xffffffff), { hresult: 0xffffffff, value: null });
  assert.deepEqual(await call(root, 'Fail', 1), { hresult: 1, value: null });
  for (const stage of ['interface', 'argument', 'result']) {
    assert.deepEqual(await call(root, 'Fail', 0x80004002, stage, 'why'), {
      hresult: 0x80004002,
      value: null,
      stage,
      detail: 'why',
    });
  }
  assert.deepEqual(await call(root, 'OutOfMemory'), {
    hresult: 0x8007000e,
    value: null,
    mayHaveRun: true,
  });
  assert.deepEqual(await addon.connect([0x80070422], null), {
    hresult: 0x80070422,
    value: null,
    stage: 'activation',
  });

  const ticker = addon.subscribe('ticker', null, { count: 0 });
  assert.deepEqual(await call(ticker, 'Echo'), {
    hresult: 0x80004002,
    value: null,
    stage: 'interface',
  });
  assert.equal(addon.subscribe('no such kind', null, null), null);

  const { handle } = await ask(root, 'Make');
  const closed = { hresult: 0, value: null, stage: 'closed' };
  assert.equal(addon.release(handle), true);
  assert.equal(addon.release(handle), false);
  assert.deepEqual(await call(handle, 'Echo'), closed);
  assert.deepEqual(await addon.invokeMany(handle, [{ row: 'Fake::Echo', args: [] }], null), [
    closed,
  ]);
  console.log('done');
})();
