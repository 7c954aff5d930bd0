// SPDX-License-Identifier: MIT
// @ts-check
// Reads what the compiler prints of the tables of virtual functions that it lays out.

/** @typedef {{ owner: string, name: string }} Slot */

/**
 * The tables of the probes, by the probe's name: which method of which interface is in which slot.
 * @param {string} output of -fdump-vtable-layouts
 * @returns {Map<string, Slot[]>}
 */
export function tablesOf(output) {
  const tables = new Map();
  for (const block of output.split(/^VFTable /m)) {
    const probe = /'((?:Ours|Theirs)_\w+)' \(\d+ entr/.exec(block.split('\n', 1)[0] ?? '')?.[1];
    if (probe === undefined) continue;
    const slots = Array.from(
      block.matchAll(/^ +\d+ \| .*?(?:dosvc::abi::)?(\w+)::(\w+)\(.*$/gm),
      ([, owner = '', name = '']) => ({ owner, name }),
    );
    tables.set(probe, slots);
  }
  return tables;
}
