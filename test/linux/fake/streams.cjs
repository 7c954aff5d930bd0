// SPDX-License-Identifier: MIT
// Foreign threads write into a bounded pipe: they wait for room, their writes stay whole and in
// order, and a waiting writer is woken when its reader has gone.

const assert = require('node:assert/strict');
const { addon, ask, connect, range, until } = require('./addon.cjs');

const streams = new Map();
addon.listen((batch) => {
  for (const { subscription, kind, value } of batch) {
    const stream = streams.get(subscription);
    if (kind === 'written') stream.written.push(value);
    else stream.onData(value);
  }
});

function open(options, onData) {
  const handle = addon.subscribe('writer', null, options);
  const stream = { handle, written: [], untaken: 0, most: 0, pieces: [], question: undefined };
  stream.onData = ({ bytes, question }) => {
    stream.question = question;
    stream.untaken += bytes.length;
    stream.most = Math.max(stream.most, stream.untaken);
    stream.pieces.push(bytes);
    onData?.(stream, bytes);
  };
  stream.take = (count) => {
    stream.untaken -= count;
    return addon.answer(stream.question, count);
  };
  streams.set(handle, stream);
  return stream;
}

const capacity = 1500;

async function wholeAndInOrder() {
  const stream = open({ threads: 3, writes: 100, size: 1000, capacity }, ({ take }, { length }) => {
    if (length % 2) assert.equal(take(length), true);
    else setImmediate(() => assert.equal(take(length), true));
  });
  await until(() => stream.written.length === 3 && stream.untaken === 0);
  assert.ok(stream.most <= capacity);
  const all = Buffer.concat(stream.pieces);
  assert.equal(all.length, 300_000);
  const next = [0, 0, 0];
  for (const at of range(300)) {
    const write = all.subarray(at * 1000, at * 1000 + 1000);
    const thread = write[0] >> 4;
    assert.ok(write.every((byte) => byte === 16 * thread + (next[thread] % 16)));
    next[thread] += 1;
  }
  assert.deepEqual(next, [100, 100, 100]);
  return stream;
}

// The reader takes nothing: as many bytes arrive as the pipe holds, and no more.
async function full() {
  const stream = open({ threads: 1, writes: 3, size: 1000, capacity });
  await until(() => stream.untaken === capacity);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(stream.untaken, capacity);
  assert.deepEqual(stream.written, []);
  return stream;
}

async function aborted(root, count) {
  await until(async () => (await ask(root, 'Count')).aborted === count);
}

void (async () => {
  const root = await connect();
  const done = [await wholeAndInOrder()];

  const slow = await full();
  slow.take(400);
  await until(() => slow.untaken === capacity);
  assert.deepEqual(slow.written, []);
  slow.take(capacity);
  await until(() => slow.written.length === 1);
  assert.deepEqual(slow.written, [{ thread: 0, writes: 3 }]);
  done.push(slow);

  const released = await full();
  addon.release(released.handle);
  await until(() => released.written.length === 1);
  assert.deepEqual(released.written, [{ thread: 0, writes: 1 }]);
  await aborted(root, 1);
  assert.equal(released.take(1), false);

  const refused = await full();
  assert.equal(addon.answer(refused.question, false), true);
  await until(() => refused.written.length === 1);
  await aborted(root, 2);
  assert.equal(refused.take(1), false);
  done.push(refused);

  // The reader claims to have taken more than arrived: that gives room for everything, and no more.
  const generous = await full();
  addon.answer(generous.question, 1e12);
  await until(() => generous.written.length === 1);
  done.push(generous);

  for (const { handle } of done) addon.release(handle);
  await until(() => addon.counters().objects === 1);
  console.log('done');
})();
