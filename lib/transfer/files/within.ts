// SPDX-License-Identifier: MIT
//
// Where a file may be written: the checks of a download's target.

import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { checkBoolean, checkString, fault } from '../../arguments.js';
import { describe } from '../../codes.js';
import { DosvcError } from '../../errors.js';
import { checkPath } from '../../paths.js';
import { fileError } from './file-error.js';

const windows = process.platform === 'win32';

const ERROR_PATH_NOT_FOUND = 0x80070003;
const E_ACCESSDENIED = 0x80070005;

// On Windows in UTF-16 units, elsewhere in bytes.
const longestName = 255;
// Longer than any path that a system opens.
const longestPath = 32_767;

/**
 * Checks the path of a target, and makes its folder if it may. Returns the path with `.` and `..`
 * resolved.
 *
 * Rejects with a TypeError for a path that is not absolute, that cannot be that of a file, or that does not
 * lie in `within`, whatever links lead out of it. What is there now is not checked.
 */
export async function checkTarget(
  file: unknown,
  options: { within?: unknown; makeFolder?: unknown },
): Promise<string> {
  const target = checkFile(file);
  const { within, makeFolder } = options;
  const makes = makeFolder !== undefined && checkBoolean('options.makeFolder', makeFolder);
  const folder = dirname(target);
  if (within !== undefined) {
    const outer = await resolved(checkAbsolute('options.within', within));
    if (!isIn(outer, await resolved(folder)) || !isIn(outer, await resolved(target))) {
      throw fault('ERR_INVALID_ARG_VALUE', 'file', 'a path in options.within', file);
    }
  }
  if (makes) await make(folder);
  return target;
}

function checkFile(value: unknown): string {
  const path = checkAbsolute('file', value);
  const target = resolve(path);
  const name = basename(target);
  if (dirname(target) === target || (windows ? /[\\/]\.{0,2}$/ : /\/\.{0,2}$/).test(path)) {
    throw fault('ERR_INVALID_ARG_VALUE', 'file', 'the path of a file', value);
  }
  const size = windows ? name.length : Buffer.byteLength(name);
  if (size <= longestName) return target;
  const most = `${String(longestName)} ${windows ? 'characters' : 'bytes'}`;
  throw fault('ERR_INVALID_ARG_VALUE', 'file', `a path whose name has at most ${most}`, value);
}

/** Checks an absolute path, whatever is there. */
export function checkAbsolute(name: string, value: unknown): string {
  if (windows) return checkPath(name, value);
  const path = checkString(name, value, longestPath);
  if (isAbsolute(path)) return path;
  throw fault('ERR_INVALID_ARG_VALUE', name, 'an absolute path', value);
}

/** The path without links, also if its end does not exist yet. */
async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || parent === path) {
      throw fileError(`The path ${path} cannot be resolved.`, error);
    }
    return join(await resolved(parent), basename(path));
  }
}

function isIn(outer: string, path: string): boolean {
  const way = relative(outer, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw fileError(`The folder ${folder} cannot be made.`, error);
  }
}

/** Rejects with `ERROR_PATH_NOT_FOUND` if there is no such folder. */
export async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fileError(`The folder ${folder} cannot be read.`, error);
  });
  if (found?.isDirectory()) return;
  const { words, ...named } = describe(ERROR_PATH_NOT_FOUND, {
    meaning: `The folder ${folder} does not exist.`,
    advice: 'Create it first, or set the option makeFolder.',
    blame: 'caller',
  });
  throw new DosvcError(words, named);
}

/**
 * Rejects with `E_ACCESSDENIED` if something other than a file has the name of a target. Renaming the new
 * file replaces a file or a link. In the place of a folder it would fail after all bytes have come, and in
 * the place of a device it would succeed.
 */
export async function checkReplaceable(target: string): Promise<void> {
  const link = await lstat(target).catch(() => null);
  const found = link?.isSymbolicLink() ? await stat(target).catch(() => null) : link;
  if (found === null || found.isFile()) return;
  const { words, ...named } = describe(E_ACCESSDENIED, {
    meaning: `${target} exists, and it is not a file.`,
    advice: 'Choose another name.',
    blame: 'caller',
  });
  throw new DosvcError(words, named);
}
