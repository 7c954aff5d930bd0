// SPDX-License-Identifier: MIT
// @ts-check
// Writes the notice that the licenses of bundled packages ask for: of each package in a bundle, its name,
// its version and the text of its license.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';

/** What may be bundled: licenses that ask for no more than this notice. */
const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause'];

/**
 * The folder of the package that a module is part of; undefined for a module of this package.
 * @param {string} id
 */
function packageOf(id) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0];
}

/** @param {string} folder */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!allowed.includes(license)) throw new Error(`${name}: may ${license} be bundled?`);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  if (file === undefined) throw new Error(`${name}: has no text of its license`);
  const text = readFileSync(join(folder, file), 'utf8').trim().replaceAll('\r\n', '\n');
  return { name: `${name} ${version}`, text: `${name} ${version} (${license})\n\n${text}\n` };
}

/** @param {readonly string[]} ids the modules of a bundle */
export function noticesOf(ids) {
  const folders = ids.map(packageOf).filter((folder) => folder !== undefined);
  // A version of a package may be there more than once.
  const notices = new Map(folders.map(noticeOf).map(({ name, text }) => [name, text]));
  return [...notices].sort().map(([, text]) => text);
}

const head = `dosvc's command line (cli.js) contains these packages. The library (index.js) contains none.`;

/**
 * A plugin of rolldown that writes the notice beside the bundle.
 * @param {string} fileName
 * @returns {import('rolldown').Plugin}
 */
export function notices(fileName) {
  return {
    name: 'notices',
    generateBundle(_, bundle) {
      const ids = Object.values(bundle).flatMap((chunk) =>
        'moduleIds' in chunk ? chunk.moduleIds : [],
      );
      const files = ids.filter((id) => id.startsWith(root));
      const line = `\n${'-'.repeat(80)}\n\n`;
      const source = [`${head}\n`, ...noticesOf(files)].join(line);
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
