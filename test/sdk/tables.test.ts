// SPDX-License-Identifier: MIT
// tools/sdk/conformance/tables.mjs does not pass over what it cannot read of the compiler's tables.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

interface Tables {
  tablesOf: (output: string, probes: string[]) => Map<string, { owner: string; name: string }[]>;
}

const tool = pathToFileURL(join(__dirname, '../../tools/sdk/conformance/tables.mjs')).href;
const { tablesOf } = (await import(tool)) as Tables;

const dump = `VFTable for 'IUnknown' in 'IDOManager' in 'Ours_IDOManager' (3 entries).
   0 | Ours_IDOManager RTTI
   1 | ULONG IUnknown::AddRef() __attribute__((stdcall)) [pure]
   2 | HRESULT dosvc::abi::IDOManager::CreateDownload(IDODownload **) [pure]
`;

it('reads the slots of a probe', () => {
  const slots = [
    { owner: 'IUnknown', name: 'AddRef' },
    { owner: 'IDOManager', name: 'CreateDownload' },
  ];
  expect([...tablesOf(dump, ['Ours_IDOManager'])]).toEqual([['Ours_IDOManager', slots]]);
});

it('requires a table of every probe', () => {
  const other = dump.replace("'Ours_IDOManager'", 'Ours_IDOManager');
  expect(() => tablesOf(other, ['Ours_IDOManager'])).toThrow('Found no vtable of Ours_IDOManager');
});

it('requires every slot of a table', () => {
  const other = dump.replace('   2 | HRESULT', '   2 : HRESULT');
  expect(() => tablesOf(other, ['Ours_IDOManager'])).toThrow(/^Ours_IDOManager: 1 slots were read/);
});
