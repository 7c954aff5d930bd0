// SPDX-License-Identifier: MIT
// A call's arguments are wiped when the call is over, however it ends: memory is freed without
// them.

const assert = require('node:assert/strict');
const { once } = require('node:events');
const { isMainThread, parentPort, Worker } = require('node:worker_threads');
const { addon, ask, connect, freeAll, until } = require('./addon.cjs');

// The text that test/fake/scarcity.cc looks for.
const secret = 'a secret that nobody may find';
const args = [secret, { header: `Authorization: ${secret}` }, [[Buffer.from(secret, 'utf16le')]]];

async function spilled(root) {
  return (await ask(root, 'Count')).spilled;
}

async function beAWorker() {
  const root = await connect();
  void ask(root, 'Hang');
  void addon.invoke(root, 'Fake::Make', args, null);
  void addon.invokeMany(root, [{ row: 'Fake::Make', args }], null);
  await until(async () => addon.counters().requests === 3);
  parentPort.postMessage('hangs');
}

void (async () => {
  if (!isMainThread) return beAWorker();
  const root = await connect();
  const [{ handle }] = await ask(root, 'MakeMany', 1);
  await addon.invoke(handle, 'Fake::Make', args, null);
  const then = [{ row: 'Fake::Make', args }];
  await addon.invokeMany(handle, [{ row: 'Fake::MakeMany', args: [2, ...args], then }], null);
  await addon.invoke(handle, 'Fake::OutOfMemory', args, null);
  // A call that is never sent, since another one hangs until the deadline has passed.
  const hangs = ask(handle, 'Hang');
  assert.equal((await addon.invoke(handle, 'Fake::Make', args, 1)).stage, 'timeout');
  await ask(handle, 'Free');
  await hangs;
  await ask(handle, 'Make');
  addon.release(handle);
  assert.equal((await addon.invoke(handle, 'Fake::Make', args, null)).stage, 'closed');
  await until(() => addon.counters().requests === 0);

  // Calls that are refused before they are posted: a value that cannot cross, and a wrong row.
  const unreadable = [...args, Symbol('no value')];
  assert.throws(() => addon.invoke(root, 'Fake::Make', unreadable, null), TypeError);
  assert.throws(() => addon.invoke(root, 'Fake::Make', [{ secret, handle: 0 }], null), TypeError);
  assert.throws(() => addon.subscribe('ticker', root, null, unreadable), TypeError);
  const calls = [{ row: 'Fake::Make', args }, { row: 'Fake::Wrong' }, { row: 'Fake::Make', args }];
  assert.throws(() => addon.invokeMany(root, calls, null), TypeError);
  calls[1].row = 'Fake::Make';
  calls[1].args = unreadable;
  assert.throws(() => addon.invokeMany(root, calls, null), TypeError);
  assert.equal(await spilled(root), 0);

  // A worker whose environment ends before its calls are sent, because another one hangs.
  const worker = new Worker(__filename);
  await once(worker, 'message');
  await worker.terminate();
  freeAll();
  // What was queued there lives as long as its engine.
  await until(async () => (await ask(root, 'Count')).engines === 1);
  assert.equal(await spilled(root), 0);

  // A result belongs to the caller and is not wiped: this shows that a secret would be found.
  await ask(root, 'Echo', secret);
  await until(async () => (await spilled(root)) > 0);
  console.log('done');
})();
