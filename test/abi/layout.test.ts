// SPDX-License-Identifier: MIT
//
// Compares our declarations, as compiled, with what is published: IIDs, base interfaces, and the
// layout of structures.

import { describe, expect, it } from 'vitest';
import { declarations } from '../recorder/recorder.js';
import { published, structs } from '../facts/facts.js';
import { layoutOf } from '../facts/struct-layout.js';

const declared = declarations();

function linesOf(kind: string, name: string): string[][] {
  return declared
    .filter((line) => line[0] === kind && line[1] === name)
    .map((line) => line.slice(2));
}

describe('the declared interfaces', () => {
  it('are all that were published with an IID', () => {
    const names = declared.filter(([kind]) => kind === 'interface').map(([, name]) => name);
    expect(names.toSorted()).toEqual([...new Set(published.map(({ name }) => name))].toSorted());
  });

  it.each(published.map(({ name, base, iid }) => [name, base, iid] as const))(
    'include %s with its base and its IID',
    (name, base, iid) => {
      expect(linesOf('interface', name)).toEqual([[base, iid]]);
    },
  );
});

describe.each(structs.map((struct) => [struct.name, struct] as const))('%s', (name, struct) => {
  it('has its size, and its fields at their offsets, in their sizes', () => {
    const { size, fields } = layoutOf(name);
    expect(linesOf('struct', name)).toEqual([[String(size)]]);
    expect(linesOf('field', name)).toEqual(
      fields.map((field) => [field.name, String(field.offset), String(field.size)]),
    );
  });

  it('has a computed layout that agrees with the published one for x64', () => {
    const layout = layoutOf(name, 8);
    const offsets = Object.fromEntries(layout.fields.map((field) => [field.name, field.offset]));
    expect({ ...offsets, ...struct.offsets }).toEqual(offsets);
    expect(layout.size).toBe(struct.size_x64);
  });
});
