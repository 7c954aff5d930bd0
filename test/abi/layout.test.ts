// SPDX-License-Identifier: MIT
//
// Our own declarations as they were compiled, beside what is published: IIDs, bases, and how the
// structures lie in memory.

import { describe, expect, it } from 'vitest';
import { declarations } from '../recorder/recorder.js';
import { published, structs } from './facts.js';
import { layoutOf } from './struct-layout.js';

const declared = declarations();

function linesOf(kind: string, name: string): string[][] {
  return declared
    .filter((line) => line[0] === kind && line[1] === name)
    .map((line) => line.slice(2));
}

describe('interfaces', () => {
  it('are all of them but the one without an IID', () => {
    const names = declared.filter(([kind]) => kind === 'interface').map(([, name]) => name);
    expect(names.toSorted()).toEqual([...new Set(published.map(({ name }) => name))].toSorted());
  });

  it.each(published.map(({ name, base, iid }) => [name, base, iid] as const))(
    '%s has its base and its IID',
    (name, base, iid) => {
      expect(linesOf('interface', name)).toEqual([[base, iid]]);
    },
  );
});

describe.each(structs.map((struct) => [struct.name, struct] as const))('%s', (name, struct) => {
  it('has its size', () => {
    expect(linesOf('struct', name)).toEqual([[String(struct.size_x64)]]);
  });

  it('has its fields where they belong', () => {
    const { fields } = layoutOf(name);
    expect(linesOf('field', name)).toEqual(
      fields.map((field) => [field.name, String(field.offset), String(field.size)]),
    );
  });

  it('is laid out by the published offsets', () => {
    const layout = layoutOf(name);
    const offsets = Object.fromEntries(layout.fields.map((field) => [field.name, field.offset]));
    expect({ ...offsets, ...struct.offsets }).toEqual(offsets);
    expect(layout.size).toBe(struct.size_x64);
  });
});
