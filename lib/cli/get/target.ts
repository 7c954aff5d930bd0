// SPDX-License-Identifier: MIT
//
// Where `dosvc get` writes the file: under the name that was given, or in the folder that was given, or in
// the current one, under the name that the server or the URL gives it.

import { existsSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { UsageError } from '../usage.js';
import { askedName } from './asked-name.js';
import { nameFrom } from './file-name.js';
import { headersIn, type GetOptions } from './options.js';

/**
 * The absolute path of the file.
 *
 * @param given What the command line says; undefined if nothing.
 * @throws {UsageError}
 */
export async function targetOf(
  url: string,
  given: string | undefined,
  options: GetOptions,
  signal: AbortSignal,
): Promise<string> {
  if (given !== undefined && !isFolder(given)) return resolve(given);
  return chosenIn(given ?? '.', url, options, signal);
}

function isFolder(path: string): boolean {
  if (path.endsWith('/') || path.endsWith(sep)) return true;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The path in a folder, where the user has given no name. */
async function chosenIn(
  folder: string,
  url: string,
  { header, sha256, sha512 }: GetOptions,
  signal: AbortSignal,
): Promise<string> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError('<url> must be an absolute http or https URL.');
  }
  const inAddress = nameFrom(url);
  const asked = await askedName(url, headersIn(header), signal);
  const name = asked ?? inAddress;
  if (name === undefined) {
    throw new UsageError('Neither the server nor <url> names the file: give <file>.');
  }
  const file = resolve(folder, name);
  // Who typed the URL has seen its name; what a server chooses must not replace a file of theirs.
  const checked = sha256 !== undefined || sha512 !== undefined;
  if (name !== inAddress && !checked && existsSync(file)) {
    throw new UsageError(`The server names the file '${name}', which exists: give <file>.`);
  }
  return file;
}
