// SPDX-License-Identifier: MIT
//
// COM's own stream interfaces as objidl.idl declares them. facts.json does not have them.

/** Their IIDs. */
export const streams = {
  ISequentialStream: '0C733A30-2A1C-11CE-ADE5-00AA0044773D',
  IStream: '0000000C-0000-0000-C000-000000000046',
} as const;

/** Every method except Write, with its slot and the number of its arguments. */
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

/** The slot of Write in both interfaces. */
export const writeSlot = 4;
