// SPDX-License-Identifier: MIT
//
// Proves that the checks that every scene makes as it closes can fail.

import { describe, expect, it } from 'vitest';
import { thisThread, type BlanketEntry, type CallEntry } from '../recorder/recorder.js';
import { iidOf } from '../facts/facts.js';
import { pointerSize } from '../facts/struct-layout.js';
import { expectProperCalls } from '../recorder/proper-calls.js';
import { Scene } from '../recorder/scene.js';

const seen = { object: 1, iid: iidOf('IBackgroundCopyJob'), thread: 0, apartment: 1 };
const call: CallEntry = { event: 'call', ...seen, slot: 3, arguments: [], copies: [] };
const blanket: BlanketEntry = {
  event: 'blanket',
  ...seen,
  authentication: 0xffff_ffff,
  authorization: 0,
  principal: 'ff'.repeat(pointerSize),
  level: 0,
  impersonation: 3,
  identity: '00'.repeat(pointerSize),
  capabilities: 0x20,
};

it('a call after its blanket is proper', () => {
  expectProperCalls([blanket, call, call]);
});

describe('expectProperCalls rejects', () => {
  it.each([
    ['a call without a blanket', [call]],
    ['a call before its blanket', [call, blanket]],
    ['a blanket on another interface', [{ ...blanket, iid: iidOf('IBackgroundCopyJob2') }, call]],
    ['a blanket on another object', [{ ...blanket, object: 2 }, call]],
    ['a weaker blanket', [{ ...blanket, impersonation: 2 }, call]],
    ['a blanket without cloaking', [{ ...blanket, capabilities: 0 }, call]],
    ['a call in another apartment', [blanket, { ...call, apartment: 0 }]],
    ["a call on JavaScript's thread", [blanket, { ...call, thread: thisThread() }]],
  ])('%s', (_, entries) => {
    expect(() => {
      expectProperCalls(entries);
    }).toThrow();
  });
});

it('a reference that is kept shows in the count', async () => {
  const scene = await Scene.open();
  expect(scene.root.references).toBeGreaterThan(0);
  await scene.close();
  expect(scene.root.references).toBe(0);
});
