// SPDX-License-Identifier: MIT
// lib/transfer/services: what a transfer waits for, and cost policies.

import { describe, expect, it } from 'vitest';
import { describe as describeCode } from '../../../lib/codes.js';
import { DosvcError } from '../../../lib/errors.js';
import { downloadCostPolicy, transferPolicy as policies } from '../../../lib/generated/enums.js';
import { transferPolicy } from '../../../lib/transfer/services/costs.js';
import { waitsFor } from '../../../lib/transfer/services/holds.js';
import { headerLines } from '../../../lib/headers.js';

describe('a transfer waits', () => {
  it.each([
    [0x80d03801, 'cost'],
    [0x80d03803, 'cellular'],
    [0x80d03804, 'power'],
    [0x80d03805, 'network'],
    [0x80d03807, 'vpn'],
    [0x80d03808, 'retry'],
    [0x80200010, 'network'],
    [0x80200059, 'cost'],
    [0x80200065, 'power'],
    [0x80200067, 'power'],
    [0x80200068, 'power'],
    [0x8020003e, 'policy'],
    [0x8020006e, 'policy'],
    [0x8020006f, 'policy'],
    [0x80200070, 'policy'],
    [0x80072efd, 'retry'],
    [0x801901f7, 'retry'],
    [0x8badf00d, 'retry'],
  ])('with the error 0x%x for %s', (hresult, reason) => {
    const { words, ...named } = describeCode(hresult);
    expect(waitsFor(new DosvcError(words, named))).toBe(reason);
  });
});

describe('a cost policy', () => {
  it.each([
    ['always', 0x800000ff],
    ['unrestricted', 0x80000021],
    ['standard', 0x80000067],
    ['no-roaming', 0x8000007f],
    ['no-surcharge', 0x8000006f],
    ['no-cellular', 0x80000021],
  ] as const)('%s is 0x%x for BITS', (cost, flags) => {
    expect(policies[transferPolicy(cost)]).toBe(flags);
  });

  it('of each name has one', () => {
    for (const cost of Object.keys(downloadCostPolicy) as (keyof typeof downloadCostPolicy)[]) {
      expect(policies).toHaveProperty(transferPolicy(cost));
    }
  });
});

it('headers end in CR LF', () => {
  const headers = [
    ['X-Contoso', 'update'],
    ['Accept', '*/*'],
  ] as const;
  expect(headerLines(headers)).toBe('X-Contoso: update\r\nAccept: */*\r\n');
  expect(headerLines([])).toBe('');
});
