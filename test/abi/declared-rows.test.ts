// SPDX-License-Identifier: MIT
//
// typings/rows.d.ts declares the binding's rows: each of them, and none that is not there.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clientRows } from './facts.js';
import { binding } from './scene.js';

const text = readFileSync(join(import.meta.dirname, '../../typings/rows.d.ts'), 'utf8');
const declared = [...text.matchAll(/^ {2}'(\w+::\w+)': Row</gm)].map(([, address = '']) => address);

const noHandle = 0;

it('are all the methods that a client calls, and no other', () => {
  expect(declared.toSorted()).toEqual(clientRows.map(({ address }) => address).toSorted());
  expect(new Set(declared).size).toBe(132);
});

it('are known to the binding', async () => {
  for (const address of declared) {
    const outcome = await binding.invoke(noHandle, address, [], 20_000);
    expect(outcome, address).toMatchObject({ stage: 'closed', value: null });
  }
});

it.each([
  'IUnknown::QueryInterface',
  'IUnknown::Release',
  'IEnumBackgroundCopyFiles::Next',
  'IEnumBackgroundCopyJobs::Clone',
  'IBackgroundCopyCallback::JobTransferred',
  'IDeliveryOptimizationFile::GetProperty',
  'IBackgroundCopyJob2::GetState',
  'IBackgroundCopyJob::getState',
  'GetState',
  '',
])('do not have %o', (address) => {
  expect(() => binding.invoke(noHandle, address, [], 20_000)).toThrow(TypeError);
});
