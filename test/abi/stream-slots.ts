// SPDX-License-Identifier: MIT
//
// COM's own stream interfaces, which facts.json does not have: what objidl.idl says of them.

/** Their IIDs. */
export const streams = {
  ISequentialStream: '0C733A30-2A1C-11CE-ADE5-00AA0044773D',
  IStream: '0000000C-0000-0000-C000-000000000046',
} as const;

/** Every method but Write, with arguments that it may be called with. */
export const others: [name: string, slot: number, count: number][] = [
  ['Read', 3, 3],
  ['Seek', 5, 3],
  ['SetSize', 6, 1],
  ['CopyTo', 7, 4],
  ['Commit', 8, 1],
  ['Revert', 9, 0],
  ['LockRegion', 10, 3],
  ['UnlockRegion', 11, 3],
  ['Stat', 12, 2],
  ['Clone', 13, 1],
];

/** Where Write stands, in either of them. */
export const writeSlot = 4;
