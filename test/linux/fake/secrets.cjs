// SPDX-License-Identifier: MIT
// A call's arguments are wiped when the call is over, however it ends: memory is freed without
// them.

const assert = require('node:assert/strict');
const { addon, ask, connect, until } = require('./addon.cjs');

// The text that test/fake/scarcity.cc looks for.
const secret = 'a secret that nobody may find';
const args = [secret, { header: `Authorization: ${secret}` }, [[Buffer.from(secret, 'utf16le')]]];

async function spilled(root) {
  return (await ask(root, 'Count')).spilled;
}

void (async () => {
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
  await until(() => addon.counters().requests === 0);
  assert.equal(await spilled(root), 0);

  // A result belongs to the caller and is not wiped: this shows that a secret would be found.
  await ask(root, 'Echo', secret);
  await until(async () => (await spilled(root)) > 0);
  console.log('done');
})();
