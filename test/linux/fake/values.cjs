// SPDX-License-Identifier: MIT
// Every kind of value crosses the boundary and comes back. A value that cannot cross throws, and no
// promise is left pending.

const assert = require('node:assert/strict');
const { addon, ask, connect, range } = require('./addon.cjs');

const numbers = [0, -0, 1.5, -1, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53), 5e-324];
const strings = ['', 'plain', 'ünï€', '𝄞 clef', 'a\0b', '\ud800 alone', 'x'.repeat(100_000)];
const bytes = [[], [0], range(256)].map((list) => Uint8Array.from(list));
const deep = range(50).reduce((inner) => [{ inner }, inner === null], null);
const values = [null, true, false, ...numbers, ...strings, [], {}, deep, { 'a b': [{ c: null }] }];

function throwing(value) {
  return { first: 1, value, last: [2] };
}

void (async () => {
  const root = await connect();
  assert.deepEqual(await ask(root, 'Echo', ...values), values);
  assert.ok(Object.is((await ask(root, 'Echo', -0))[0], -0));
  for (const value of bytes) {
    const [echoed] = await ask(root, 'Echo', value);
    assert.deepEqual(Uint8Array.from(echoed), value);
  }
  const part = new Uint8Array(Uint8Array.from(range(10)).buffer, 3, 4);
  assert.deepEqual([...(await ask(root, 'Echo', part))[0]], [3, 4, 5, 6]);
  assert.deepEqual(await ask(root, 'Echo', undefined), [null]);

  // A returned handle is another number for the same object.
  const [{ handle }, { inside }] = await ask(
    root,
    'Echo',
    { handle: root },
    { inside: { handle: root } },
  );
  assert.equal(new Set([root, handle, inside.handle]).size, 3);
  await ask(handle, 'Append', 1);
  await ask(inside.handle, 'Append', 2);
  assert.deepEqual(await ask(root, 'Appended'), [1, 2]);
  assert.equal(addon.counters().objects, 1);
  assert.equal(addon.counters().handles, 3);

  const invoke = (...args) => addon.invoke(root, 'Fake::Echo', args, null);
  assert.throws(() => addon.invoke(root, 'Fake::Nothing', [1, [2]], null), TypeError);
  assert.throws(
    () =>
      addon.invokeMany(
        root,
        [
          { row: 'Fake::Echo', args: [] },
          { row: 'No', args: [] },
        ],
        null,
      ),
    TypeError,
  );
  assert.throws(() => invoke(throwing(() => 1)), TypeError);
  assert.throws(() => invoke(throwing(Symbol('s'))), TypeError);
  assert.throws(() => invoke(throwing(1n)), TypeError);
  assert.throws(() => invoke(throwing({ handle: 12345 })), TypeError);
  const getter = {
    get first() {
      throw new RangeError('planted');
    },
    second: 2,
  };
  assert.throws(() => invoke(getter), RangeError);
  assert.throws(() => invoke([getter, [getter]], getter), RangeError);
  const proxy = new Proxy(
    {},
    {
      ownKeys() {
        throw new RangeError('planted');
      },
    },
  );
  assert.throws(() => invoke(proxy, 1), RangeError);
  // A value that has no end, or is larger than the memory, is refused before it is copied.
  const refuse = (value, code) => assert.throws(() => invoke(throwing(value)), { code });
  const circular = { list: [] };
  circular.list.push(circular);
  refuse(circular, 'ERR_OUT_OF_RANGE');
  refuse(
    range(200).reduce((inner) => [inner], null),
    'ERR_OUT_OF_RANGE',
  );
  refuse(new Array(2 ** 32 - 1), 'ERR_OUT_OF_RANGE');
  refuse(Array(9).fill(new Array(2 ** 17)), 'ERR_OUT_OF_RANGE');
  refuse('x'.repeat(2 ** 29 - 24), 'ERR_OUT_OF_RANGE');
  refuse(Array(3).fill(Buffer.alloc(2 ** 25)), 'ERR_OUT_OF_RANGE');
  refuse({ ['x'.repeat(2 ** 28)]: 1 }, 'ERR_OUT_OF_RANGE');
  const detached = new Uint8Array(8);
  structuredClone(detached, { transfer: [detached.buffer] });
  refuse(detached, 'ERR_INVALID_ARG_TYPE');
  refuse(new Float64Array(8), 'ERR_INVALID_ARG_TYPE');
  const calls = [{ row: 'Fake::Echo', args: [] }];
  calls[0].then = calls;
  assert.throws(() => addon.invokeMany(root, calls, null), { code: 'ERR_OUT_OF_RANGE' });

  assert.throws(() => addon.connect([() => 1], null), TypeError);
  assert.throws(() => addon.subscribe('ticker', null, { count: () => 1 }), TypeError);
  assert.throws(() => addon.answer(1, () => 1), TypeError);
  assert.equal(addon.counters().requests, 0);
  console.log('done');
})();
