// SPDX-License-Identifier: MIT
// @ts-check
// Checks several sources in one compilation: reading the system's headers takes longer than our code
// does. A source that includes too little may go unnoticed among others, so MSVC mode also compiles
// each source by itself, for x64.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../clone.mjs';

/** @type {Record<string, string>} */
const worldOf = {
  ...{ core: 'Node-API', addon: 'Node-API' },
  ...{ com: 'COM', jobs: 'COM', downloads: 'COM', system: 'COM' },
};

/**
 * The groups of sources that may be compiled together: none has both Node-API and Windows.
 * @param {string[]} sources
 */
export function groupsOf(sources) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const source of sources) {
    const [, folder = source] = /^native\/(\w+)\//.exec(source) ?? [];
    const world = worldOf[folder] ?? source;
    groups.set(world, [...(groups.get(world) ?? []), source]);
  }
  return [...groups.values()];
}

/**
 * Checks a group of sources. If the check of all together finds anything, even that they do not go
 * together, it checks each half, down to single sources: only what is wrong with one by itself counts.
 * @param {string[]} sources as paths in the clone
 * @param {(file: string) => Promise<string>} check returns what is wrong with a file, or ''
 * @returns {Promise<Map<string, string>>} what is wrong with each source
 */
export async function checkTogether(sources, check) {
  const [first = '', ...others] = sources;
  if (others.length === 0) return new Map([[first, await check(join(root, first))]]);
  if ((await checkAll(sources, check)) === '') return new Map(sources.map((one) => [one, '']));
  const middle = Math.ceil(sources.length / 2);
  return new Map([
    ...(await checkTogether(sources.slice(0, middle), check)),
    ...(await checkTogether(sources.slice(middle), check)),
  ]);
}

/**
 * @param {string[]} sources
 * @param {(file: string) => Promise<string>} check
 */
async function checkAll(sources, check) {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-together-'));
  try {
    const file = join(folder, 'together.cc');
    const lines = sources.map((source) => {
      const path = join(root, source).replaceAll('\\', '/');
      return `#include "${path}"  // NOLINT(bugprone-suspicious-include)\n`;
    });
    writeFileSync(file, lines.join(''));
    return await check(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
