// SPDX-License-Identifier: MIT
// @ts-check
// Runs clang-tidy, with the checks that .clang-tidy selects, over the sources that MSVC compiles, in
// MSVC mode for x64. Several sources are checked together: most of the time, clang-tidy searches the
// system's headers.

import { join } from 'node:path';
import { onWindows, root } from '../clone.mjs';
import { clangArguments, compile, overlayFile } from './clang.mjs';
import { overProcessors, productSources } from './msvc-mode.mjs';
import { Report } from './report.mjs';
import { checkTogether, groupsOf } from './together.mjs';

const tidyCommand = onWindows ? 'clang-tidy' : 'clang-tidy-14';

/** What clang-tidy finds in a file and in our files that it includes. @param {string} file */
async function findings(file) {
  const compiler = clangArguments('x86_64');
  const { status, output } = await compile(tidyCommand, [
    // By its name, because a file of several sources is outside the clone.
    `--config-file=${join(root, '.clang-tidy')}`,
    ...['--quiet', '--warnings-as-errors=*'],
    // clang-tidy does not take the overlay from the compiler's arguments.
    ...(onWindows ? [] : [`--vfsoverlay=${overlayFile}`]),
    ...[file, '--', ...compiler],
  ]);
  if (status === 0) return '';
  const said = output
    .split('\n')
    .filter((line) => !/^\d+ warnings? (generated|treated)/.test(line));
  return said.join('\n').trim() || `exit status ${String(status)}`;
}

/** @returns {Promise<Report>} */
export async function tidy() {
  const report = new Report();
  await overProcessors(groupsOf(productSources()), async (sources) => {
    for (const [source, fault] of await checkTogether(sources, findings)) {
      report.check(fault === '', `${source}:\n${fault}`);
    }
  });
  return report;
}
