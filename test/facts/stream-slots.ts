// SPDX-License-Identifier: MIT
//
// COM's own stream interfaces as objidl.idl declares them. facts.json does not have them.

/** Their IIDs. */
export const streams = {
  ISequentialStream: '0C733A30-2A1C-11CE-ADE5-00AA0044773D',
  IStream: '0000000C-0000-0000-C000-000000000046',
} as const;

/** Every method except Write, with its slot and its arguments; a bigint has 64 bits on every processor. */
export const others: [name: string, slot: number, args: (number | bigint)[]][] = [
  ['Read', 3, [0, 0, 0]],
  ['Seek', 5, [0n, 0, 0]],
  ['SetSize', 6, [0n]],
  ['CopyTo', 7, [0, 0n, 0, 0]],
  ['Commit', 8, [0]],
  ['Revert', 9, []],
  ['LockRegion', 10, [0n, 0n, 0]],
  ['UnlockRegion', 11, [0n, 0n, 0]],
  ['Stat', 12, [0, 0]],
  ['Clone', 13, [0]],
];

/** The slot of Write in both interfaces. */
export const writeSlot = 4;
