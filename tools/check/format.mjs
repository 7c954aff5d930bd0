// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:format, npm run format: Prettier for the files it supports, clang-format for C++, and
// a format of its own for the facts.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { main, run, ToolError } from '../command.mjs';
import { setUpPackages } from '../setup.mjs';
import { formatFacts } from './facts-format.mjs';
import { cppSources, filesBelow } from './files.mjs';

const facts = 'test/facts/facts.json';

/** @param {boolean} write */
function formatTheFacts(write) {
  const file = join(root, facts);
  const text = readFileSync(file, 'utf8');
  const formatted = formatFacts(text);
  if (formatted === text) return;
  if (!write) throw new ToolError(`${facts} is not formatted: npm run format`);
  writeFileSync(file, formatted);
}

await main(async () => {
  await setUpPackages();
  const write = process.argv.includes('--write');
  const bin = join(root, 'node_modules');
  run(process.execPath, [
    join(bin, 'prettier', 'bin', 'prettier.cjs'),
    ...['--log-level', 'warn', write ? '--write' : '--check', '.'],
  ]);
  formatTheFacts(write);
  // Generated files stay as their generator writes them.
  const cpp = filesBelow(['native', 'test', 'bench', 'tools'], cppSources).filter(
    (file) => !file.startsWith('native/generated/'),
  );
  if (cpp.length > 0) {
    run(process.execPath, [
      join(bin, 'clang-format', 'index.js'),
      ...(write ? ['-i'] : ['--dry-run', '--Werror']),
      ...['--style=file', ...cpp],
    ]);
  }
  console.log(
    write ? 'Format: written.' : `Format: passed (including ${String(cpp.length)} C++ files).`,
  );
});
