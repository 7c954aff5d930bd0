// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:format, npm run format: Prettier for what it knows, clang-format for C++.

import { join } from 'node:path';
import { root } from '../clone.mjs';
import { main, run } from '../command.mjs';
import { setUpPackages } from '../setup.mjs';
import { cppSources, filesBelow } from './files.mjs';

await main(async () => {
  await setUpPackages();
  const write = process.argv.includes('--write');
  const bin = join(root, 'node_modules');
  run(process.execPath, [
    join(bin, 'prettier', 'bin', 'prettier.cjs'),
    ...['--log-level', 'warn', write ? '--write' : '--check', '.'],
  ]);
  // Generated files are as their generator leaves them.
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
    write ? 'Format: written.' : `Format: well (${String(cpp.length)} C++ files among them).`,
  );
});
