// SPDX-License-Identifier: MIT
// The addon in the main thread, required there twice, from a second copy of the file, and in
// workers that end by themselves.

const assert = require('node:assert/strict');
const { Worker, isMainThread } = require('node:worker_threads');
const { addon, ask, connect, range, until } = require('./addon.cjs');

async function inWorker() {
  const root = await connect();
  assert.equal(await ask(root, 'Append', 1), 1);
  assert.equal(addon.counters().objects, 1);
}

function runWorker() {
  return new Promise((resolve, reject) => {
    new Worker(__filename).once('error', reject).once('exit', resolve);
  });
}

async function inMain() {
  const root = await connect();
  delete require.cache[process.env.DOSVC_FAKE];
  const again = require(process.env.DOSVC_FAKE);
  assert.notEqual(again, addon);
  const copy = require(process.env.DOSVC_FAKE_COPY);
  const roots = [await connect(again), await connect(copy)];
  assert.deepEqual(roots, [root, root], 'each counts its own handles');

  // Addons of the same file share their totals; the copy has its own.
  const count = (from, handle) => from.invoke(handle, 'Fake::Count', [], null);
  assert.equal((await count(addon, root)).value.engines, 2);
  assert.equal((await count(again, roots[0])).value.objects, 2);
  assert.equal((await count(copy, roots[1])).value.engines, 1);
  assert.equal(addon.counters().objects, 1);

  assert.deepEqual(await Promise.all(range(4).map(runWorker)), [0, 0, 0, 0]);
  await until(async () => (await ask(root, 'Count')).objects === 2);
  await until(async () => (await ask(root, 'Count')).engines === 2);
  console.log('done');
}

void (isMainThread ? inMain() : inWorker());
