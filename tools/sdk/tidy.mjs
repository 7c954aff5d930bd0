// SPDX-License-Identifier: MIT
// @ts-check
// clang-tidy over the sources that MSVC gets, with .clang-tidy's selection, as MSVC on x64 reads
// them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onWindows, root, windowsSdk } from '../clone.mjs';
import { clangArguments, compile, compiler, overlayFile } from './clang.mjs';
import { overProcessors, productSources } from './msvc-mode.mjs';
import { Report } from './report.mjs';

const tidyCommand = onWindows ? 'clang-tidy' : 'clang-tidy-14';

/** @param {string[]} sources */
function writeDatabase(sources) {
  const entries = sources.map((source) => ({
    directory: root,
    file: join(root, source),
    arguments: [compiler, ...clangArguments('x86_64'), '-c', join(root, source)],
  }));
  mkdirSync(windowsSdk, { recursive: true });
  writeFileSync(join(windowsSdk, 'compile_commands.json'), JSON.stringify(entries));
}

/** @returns {Promise<Report>} */
export async function tidy() {
  const report = new Report();
  const sources = productSources();
  writeDatabase(sources);
  // It does not take the overlay from the compiler's arguments.
  const overlay = onWindows ? [] : [`--vfsoverlay=${overlayFile}`];
  await overProcessors(sources, async (source) => {
    const options = ['-p', windowsSdk, '--quiet', '--warnings-as-errors=*', ...overlay];
    const args = [...options, join(root, source)];
    const { status, output } = await compile(tidyCommand, args);
    const said = output
      .split('\n')
      .filter((line) => !/^\d+ warnings? (generated|treated)/.test(line));
    report.check(status === 0, `${source}:\n${said.join('\n').trim()}`);
  });
  return report;
}
