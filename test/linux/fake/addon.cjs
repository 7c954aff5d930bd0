// SPDX-License-Identifier: MIT
// What the scenarios share: the addon with the fake engine, and short ways to call it.

const assert = require('node:assert/strict');

const addon = require(process.env.DOSVC_FAKE);

/** The handle of the fake service's first object. */
async function connect(on = addon) {
  const { value } = await on.connect([], null);
  return value.handle;
}

/** The outcome of a call without a deadline, which keeps the process alive. */
function call(object, row, ...args) {
  return addon.invoke(object, `Fake::${row}`, args, null);
}

/** The value of a call that succeeds. */
async function ask(object, row, ...args) {
  const outcome = await call(object, row, ...args);
  assert.deepEqual(outcome, { hresult: 0, value: outcome.value });
  return outcome.value;
}

/** Handles of new objects. */
async function makeMany(root, count) {
  return (await ask(root, 'MakeMany', count)).map(({ handle }) => handle);
}

/** Waits for a condition that no event reports. */
async function until(probe) {
  while (!(await probe())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Frees all calls in the process that hang at this moment. */
function freeAll() {
  assert.equal(addon.subscribe('freedom', null, null), null);
}

const range = (count) => Array.from({ length: count }, (_, i) => i);

module.exports = { addon, connect, call, ask, makeMany, until, freeAll, range };
