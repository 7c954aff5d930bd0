// SPDX-License-Identifier: MIT
// @ts-check
// Reads the vtable layouts that the compiler prints.

import { ToolError } from '../../command.mjs';

/** @typedef {{ owner: string, name: string }} Slot */
/** @typedef {Map<string, Slot[]>} Tables */

/**
 * The tables of the probes, by the probe's name: which method of which interface is in which slot.
 * A table that cannot be read in full is an error: fewer slots would mean fewer checks.
 * @param {string} output of -fdump-vtable-layouts
 * @param {string[]} probes
 * @returns {Tables}
 */
export function tablesOf(output, probes) {
  const tables = new Map();
  for (const block of output.split(/^VFTable /m)) {
    const head = block.split('\n', 1)[0] ?? '';
    const [, probe, entries] = /'((?:Ours|Theirs)_\w+)' \((\d+) entr/.exec(head) ?? [];
    if (probe === undefined) continue;
    const slots = Array.from(
      block.matchAll(/^ +\d+ \| .*?(?:dosvc::abi::)?(\w+)::(\w+)\(.*$/gm),
      ([, owner = '', name = '']) => ({ owner, name }),
    );
    // The first entry is the type's RTTI.
    if (slots.length !== Number(entries) - 1) {
      throw new ToolError(`${probe}: ${String(slots.length)} slots were read of ${head}`);
    }
    tables.set(probe, slots);
  }
  const missing = probes.filter((probe) => !tables.has(probe));
  if (missing.length > 0) throw new ToolError(`Found no vtable of ${missing.join(', ')}`);
  return tables;
}

/**
 * @param {Tables} tables
 * @param {string} side
 * @param {string} name of the interface
 */
export function tableOf(tables, side, name) {
  return /** @type {Slot[]} */ (tables.get(`${side}_${name}`));
}
