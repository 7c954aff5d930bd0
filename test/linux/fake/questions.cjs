// SPDX-License-Identifier: MIT
// A foreign thread asks a question: it is answered or it times out, and it gets one answer at most.

const assert = require('node:assert/strict');
const { addon, ask, connect, range, until } = require('./addon.cjs');

void (async () => {
  const root = await connect();
  const told = new Map();
  let onQuestion;
  addon.listen((batch) => {
    for (const { subscription, kind, value } of batch) {
      if (kind === 'question') onQuestion(subscription, value);
      else told.set(subscription, value);
    }
  });

  const answers = [];
  onQuestion = (subscription, { question, text }) => {
    assert.equal(text, 'may I?');
    answers.push(addon.answer(question, { yes: [subscription] }));
    answers.push(addon.answer(question, 'again'));
  };
  const askers = range(10).map(() => addon.subscribe('asker', null, { patience: 600_000 }));
  await until(() => told.size === 10);
  for (const asker of askers) {
    assert.deepEqual(told.get(asker), { answered: true, answer: { yes: [asker] } });
  }
  assert.deepEqual(
    answers,
    range(10).flatMap(() => [true, false]),
  );

  let impatient;
  onQuestion = (_, { question }) => (impatient = question);
  const asker = addon.subscribe('asker', null, { patience: 50 });
  await until(() => told.has(asker) && impatient !== undefined);
  assert.deepEqual(told.get(asker), { answered: false });
  assert.equal(addon.answer(impatient, 'late'), false);
  assert.equal(addon.answer(123_456, 'never asked'), false);
  assert.equal((await ask(root, 'Count')).unanswered, 1);

  for (const released of [...askers, asker]) addon.release(released);
  await until(() => addon.counters().objects === 1);
  console.log('done');
})();
