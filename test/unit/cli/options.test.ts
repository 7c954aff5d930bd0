// SPDX-License-Identifier: MIT
// The options of dosvc get, as they reach download().

import { expect, it } from 'vitest';
import { transferOptions, type GetOptions } from '../../../lib/cli/get/options.js';

const none: GetOptions = {
  ...{ sha512: undefined, sha256: undefined, size: undefined, header: [], route: [] },
  ...{ background: false, cost: undefined, key: undefined, detach: false, motw: false },
};
const usual = { priority: 'foreground', headers: {}, detach: false, markOfTheWeb: false };

it.each<[given: Partial<GetOptions>, reaches: object]>([
  [{}, {}],
  [{ sha512: 'ab' }, { hash: { sha512: 'ab' } }],
  [{ sha256: 'ab' }, { hash: { sha256: 'ab' } }],
  [{ size: '12' }, { size: 12 }],
  [{ header: ['X-One: 1', 'x-two:two: 2'] }, { headers: { 'X-One': '1', 'x-two': 'two: 2' } }],
  [{ route: ['bits', 'http'] }, { routes: ['bits', 'http'] }],
  [{ route: ['bits,http'] }, { routes: ['bits', 'http'] }],
  [{ background: true }, { priority: 'background' }],
  [{ cost: 'no-roaming' }, { cost: 'no-roaming' }],
  [{ detach: true }, { detach: true }],
  [{ motw: true }, { markOfTheWeb: true }],
])('%j', (given, reaches) => {
  expect(transferOptions({ ...none, ...given })).toEqual({ ...usual, ...reaches });
});
