// SPDX-License-Identifier: MIT
//
// typings/rows.d.ts declares exactly the rows that the binding has.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clientRows } from '../facts/facts.js';
import { binding } from '../recorder/scene.js';

const text = readFileSync(join(import.meta.dirname, '../../typings/rows.d.ts'), 'utf8');
const declared = [...text.matchAll(/^ {2}'(\w+::\w+)': Row</gm)].map(([, address = '']) => address);

const noHandle = 0;

it('the declared rows are all the methods that a client calls, and no others', () => {
  expect(declared.toSorted()).toEqual(clientRows.map(({ address }) => address).toSorted());
  expect(new Set(declared).size).toBe(132);
});

it('the binding knows every declared row', async () => {
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
])('the binding has no row %o', (address) => {
  expect(() => binding.invoke(noHandle, address, [], 20_000)).toThrow(TypeError);
});
