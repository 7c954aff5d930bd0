// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:package: checks what a user would get, which is exactly the files meant for users, a
// manifest that every module system reads in the same way, types that users' compilers accept, binaries
// whose late imports are complete, and a notice of every package that is bundled.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withInstalledPackage } from '../build/package.mjs';
import { root } from '../clone.mjs';
import { main, run, ToolError } from '../command.mjs';
import { prepareBinaries } from '../prepare.mjs';
import { lateImportFaults } from './late-imports.mjs';
import { compileUsersPrograms } from './user-types.mjs';

const meant =
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md|docs\/[\w-]+\.md|docs\/cli\.schema\.json|prebuilds\/README\.md|dist\/.+\.(js|d\.ts)|dist\/ThirdPartyNotices\.txt|typings\/\w+\.d\.ts|prebuilds\/win32-(x64|ia32|arm64)\/dosvc\.node)$/;
const required = [
  ...['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts', 'dist/cli.js'],
  ...['dist/electron-updater.js', 'dist/electron-updater/index.d.ts'],
  ...['dist/ThirdPartyNotices.txt', 'docs/cli.schema.json'],
  'prebuilds/win32-x64/dosvc.node',
];

/** The files that README.md links to; a reader may have only the package. */
function linked() {
  const links = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/\]\((?!\w+:|#)([^)#]+)/g);
  return Array.from(links, ([, path]) => /** @type {string} */ (path));
}

/** The packages in bundles: rolldown names each module above its code. @param {string[]} files */
function bundledIn(files) {
  const text = files.map((file) => readFileSync(join(root, 'dist', file), 'utf8')).join('\n');
  const modules = text.matchAll(/^\s*\/\/ .*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\/\S+$/gm);
  return [...new Set(Array.from(modules, ([, name]) => /** @type {string} */ (name)))];
}

/** @returns {string[]} */
function noticeFaults() {
  const notice = readFileSync(join(root, 'dist', 'ThirdPartyNotices.txt'), 'utf8').split('\n');
  const parts = readdirSync(join(root, 'dist')).filter((file) => /^cli-.*\.js$/.test(file));
  const packages = bundledIn(parts);
  if (packages.length === 0) return ['dist/cli-*.js: name no package that is in them'];
  return [
    ...bundledIn(['index.js', 'electron-updater.js', 'cli.js']).map(
      (name) => `loaded without need: ${name}`,
    ),
    ...packages
      .filter((name) => !notice.some((line) => line.startsWith(`${name} `)))
      .map((name) => `dist/ThirdPartyNotices.txt: does not name ${name}`),
  ];
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
    ...noticeFaults(),
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
