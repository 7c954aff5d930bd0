// SPDX-License-Identifier: MIT
// @ts-check
// Every native source as MSVC reads it, for each of its machines: without a warning. Nothing is made
// of it, since there is no Visual C++ runtime to link with.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { filesBelow } from '../check/files.mjs';
import { clangArguments, compile, compiler, targets } from './clang.mjs';
import { Report } from './report.mjs';

/** The sources that MSVC gets in binding.gyp. */
export function productSources() {
  const lists = JSON.parse(readFileSync(join(root, 'native', 'sources.json'), 'utf8'));
  return Object.values(lists)
    .flat()
    .map((path) => `native/${String(path)}`);
}

/** Those of the tests and of the benchmark, which CMake hands to MSVC on Windows, for x64 alone. */
const companions = filesBelow(['bench/raw', 'test/recorder', 'test/dosvc'], /\.cc$/);

/**
 * Runs them all, as many at once as there are processors.
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
  const units = [
    ...targets.flatMap((target) => productSources().map((source) => ({ target, source }))),
    ...companions.map((source) => ({ target: 'x86_64', source })),
  ];
  await overProcessors(units, async ({ target, source }) => {
    const { status, output } = await compile(compiler, [
      ...clangArguments(target),
      ...companionArguments(source),
      ...['-fno-caret-diagnostics', '-fsyntax-only', join(root, source)],
    ]);
    report.check(status === 0, `${source} (${target}):\n${output.trim()}`);
  });
  return report;
}

/** What else a companion is compiled with. @param {string} source */
function companionArguments(source) {
  if (source.startsWith('native/')) return [];
  return [
    // As its CMakeLists.txt has them.
    `-I${join(root, source.startsWith('test/dosvc/') ? 'test/dosvc' : 'test')}`,
    // __uuidof is MSVC's own, and these are written for it. That a method hides one of a base is
    // nothing to MSVC at its level 4.
    ...['-Wno-language-extension-token', '-Wno-overloaded-virtual'],
  ];
}
