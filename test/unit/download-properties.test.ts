// SPDX-License-Identifier: MIT
// The table of a download's properties, against facts.json.

import { downloadProperties } from 'dosvc';
import { expect, it } from 'vitest';
import { properties } from '../../lib/downloads/properties.js';
import facts from '../facts/facts.json' with { type: 'json' };

const types: Record<string, number> = {
  VT_BSTR: 8,
  VT_BOOL: 11,
  VT_UNKNOWN: 13,
  VT_UI4: 19,
  VT_UI8: 21,
  'VT_ARRAY|VT_UI1': 0x2011,
};

/** The first build of a Windows version, by its name in facts.json. */
function buildOf(since: string): number {
  return since === '1809' ? 17_763 : Number(/\d+$/.exec(since)?.[0]);
}

function nameOf(name: string): string {
  const own = name.replace('DODownloadProperty_', '').replace('IPAddress', 'IpAddress');
  return own.charAt(0).toLowerCase() + own.slice(1);
}

it('the table has each property as documented', () => {
  const documented = facts.do_download_properties.map((one) => [
    nameOf(one.name),
    {
      id: one.id,
      vt: types[one.vartype],
      access: one.access,
      since: buildOf(one.available_since),
    },
  ]);
  expect(documented).toHaveLength(30);
  expect(downloadProperties).toEqual(Object.fromEntries(documented));
});

it('an error does not show the value of a property that may grant access', () => {
  const secrets = ['httpCustomHeaders', 'httpCustomAuthHeaders', 'decryptionInfo'] as const;
  for (const name of secrets) {
    let message = '';
    try {
      properties.setCall(name, 'Authorization: Bearer abc\0', 'value');
    } catch (error) {
      message = String(error);
    }
    expect(message, name).toMatch(/'value' must be a string without null bytes/);
    expect(message, name).not.toContain('Bearer');
  }
});

it('the table cannot be changed', () => {
  expect(Object.isFrozen(downloadProperties)).toBe(true);
  expect(Object.values(downloadProperties).every((one) => Object.isFrozen(one))).toBe(true);
});
