// SPDX-License-Identifier: MIT
//
// Arguments that no caller should pass, through as(): the call rejects, nothing is sent, and the job
// still works.

import { constants } from 'node:buffer';
import { expect } from 'vitest';
import type { FileRange } from '../../typings/rows.js';
import { it } from './library-scene.js';

const planted = new Error('planted');

function circular(): object {
  const value: Record<string, unknown> = {};
  value.itself = value;
  return value;
}

function deep(levels: number): unknown {
  let value: unknown = null;
  for (let level = 0; level < levels; ++level) value = [value];
  return value;
}

function throwing(): object {
  return {
    get target(): number {
      throw planted;
    },
  };
}

function proxy(): object {
  const trap = () => {
    throw planted;
  };
  return new Proxy({}, { get: trap, ownKeys: trap, has: trap, getOwnPropertyDescriptor: trap });
}

function detached(): Uint8Array {
  const bytes = new Uint8Array(20);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

const tooMuch = { name: 'RangeError', code: 'ERR_OUT_OF_RANGE' };
const refused = { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' };

it.for<[what: string, make: () => unknown, expected: object]>([
  ['an object that has itself', circular, tooMuch],
  ['a list of 100,000 levels', () => deep(100_000), tooMuch],
  ['a list without an end', () => new Array<never>(2 ** 32 - 1), tooMuch],
  ['the longest string', () => 'x'.repeat(constants.MAX_STRING_LENGTH), tooMuch],
  ['a getter that throws', throwing, planted],
  ['a proxy that throws', proxy, planted],
  ['bytes without their buffer', detached, refused],
  ['a symbol', () => Symbol('no value'), refused],
])('as() rejects %s', async ([, make, expected], { scene, recorded: { job } }) => {
  const value = make() as never;
  const before = scene.calls().length;
  for (const call of [
    () => job.as('IBackgroundCopyJob2').setCredentials(value),
    () => job.as('IBackgroundCopyJob2').setReplyFileName(value),
    () => job.as('IBackgroundCopyJob3').replaceRemotePrefix('http://x/', value),
    () =>
      job.as('IBackgroundCopyJob3').addFileWithRanges('http://x/', 'C:\\x', value as FileRange[]),
    () => job.as('IBackgroundCopyJobHttpOptions').setClientCertificateByID(1, 'MY', value),
  ]) {
    await expect(call()).rejects.toMatchObject(expected);
  }
  expect(scene.calls()).toHaveLength(before);
  await job.suspend();
  expect(scene.calls()).toHaveLength(before + 1);
});
