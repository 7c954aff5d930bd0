// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:package: checks what a user would get, which is exactly the files meant for users, a
// manifest that every module system reads in the same way, types that users' compilers accept, and
// binaries whose late imports are complete.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withInstalledPackage } from '../build/package.mjs';
import { root } from '../clone.mjs';
import { main, run, ToolError } from '../command.mjs';
import { prepareBinaries } from '../prepare.mjs';
import { lateImportFaults } from './late-imports.mjs';
import { compileUsersPrograms } from './user-types.mjs';

const meant =
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md|docs\/\w+\.md|prebuilds\/README\.md|dist\/.+\.(js|d\.ts)|typings\/\w+\.d\.ts|prebuilds\/win32-(x64|ia32|arm64)\/dosvc\.node)$/;
const required = [
  ...['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts'],
  'prebuilds/win32-x64/dosvc.node',
];

/** The files that README.md links to; a reader may have only the package. */
function linked() {
  const links = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/\]\((?!\w+:|#)([^)#]+)/g);
  return Array.from(links, ([, path]) => /** @type {string} */ (path));
}

/** @returns {string[]} */
function tarball() {
  const [pack] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']));
  return pack.files.map((/** @type {{ path: string }} */ file) => file.path);
}

await main(async () => {
  await prepareBinaries();
  const files = tarball();
  const binaries = files.filter((file) => file.endsWith('.node'));
  const faults = [
    ...binaries.flatMap((file) => lateImportFaults(join(root, file))),
    ...files.filter((file) => !meant.test(file)).map((file) => `not meant for users: ${file}`),
    ...[...required, ...linked()]
      .filter((file) => !files.includes(file))
      .map((file) => `not packed: ${file}`),
  ];
  const { publint } = await import('publint');
  const { formatMessage } = await import('publint/utils');
  const { messages, pkg } = await publint({ pkgDir: root, strict: true });
  faults.push(...messages.map((message) => String(formatMessage(message, pkg, { color: false }))));
  if (!existsSync(join(root, 'package-lock.json'))) faults.push('there is no package-lock.json');
  if (faults.length > 0) throw new ToolError(faults.join('\n'));
  await withInstalledPackage(compileUsersPrograms);
  console.log(`Package: passed (${String(files.length)} files).`);
});
