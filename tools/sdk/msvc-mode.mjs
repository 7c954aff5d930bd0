// SPDX-License-Identifier: MIT
// @ts-check
// Compiles every native source in MSVC mode, for each of its architectures, and allows no warning. It
// only checks the syntax, since there is no Visual C++ runtime to link with. For x64 it compiles each
// source by itself; for the others, where only the sizes of types differ, several together.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { filesBelow } from '../check/files.mjs';
import { clangArguments, compile, compiler, targets } from './clang.mjs';
import { Report } from './report.mjs';
import { checkTogether, groupsOf } from './together.mjs';

/** The sources that binding.gyp compiles with MSVC. */
export function productSources() {
  const lists = JSON.parse(readFileSync(join(root, 'native', 'sources.json'), 'utf8'));
  return Object.values(lists)
    .flat()
    .map((path) => `native/${String(path)}`);
}

/**
 * The sources of the tests and the benchmark, which CMake builds with MSVC, for x64 alone. One of them is
 * for x86, and in part in the assembly of mingw-w64.
 */
const companions = filesBelow(
  ['bench/raw', 'test/recorder', 'test/stand-in'],
  /^(?!stack_calls).*\.cc$/,
);

/**
 * Runs a function for all the items, as many at once as there are processors.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => Promise<void>} run
 */
export async function overProcessors(items, run) {
  const queue = [...items];
  const workers = Array.from({ length: availableParallelism() }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item);
  });
  await Promise.all(workers);
}

/** @returns {Promise<Report>} */
export async function msvcMode() {
  const report = new Report();
  const [x64 = '', ...others] = targets;
  const units = [
    ...others.flatMap((target) =>
      groupsOf(productSources()).map((sources) => ({ target, sources })),
    ),
    ...[...productSources(), ...companions].map((source) => ({ target: x64, sources: [source] })),
  ];
  await overProcessors(units, async ({ target, sources }) => {
    const more = companionArguments(sources[0] ?? '');
    const check = async (/** @type {string} */ file) => {
      const { status, output } = await compile(compiler, [
        ...clangArguments(target),
        ...more,
        ...['-fno-caret-diagnostics', '-fsyntax-only', file],
      ]);
      return status === 0 ? '' : output.trim() || `exit status ${String(status)}`;
    };
    for (const [source, fault] of await checkTogether(sources, check)) {
      report.check(fault === '', `${source} (${target}):\n${fault}`);
    }
  });
  return report;
}

/** The additional arguments for a companion. @param {string} source */
function companionArguments(source) {
  if (source.startsWith('native/')) return [];
  return [
    // As its CMakeLists.txt has them.
    `-I${join(root, 'test')}`,
    // __uuidof is an extension of MSVC's, which these sources use. MSVC at level 4 does not warn of a
    // method that hides one of its base.
    ...['-Wno-language-extension-token', '-Wno-overloaded-virtual'],
  ];
}
