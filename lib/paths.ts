// SPDX-License-Identifier: MIT
//
// Validates the path of a target file. Windows treats some names as something other than a file, such as
// a device, and truncates others, and the services' errors for them are hard to understand.
//
// See https://learn.microsoft.com/windows/win32/fileio/naming-a-file

import { checkString, fault } from './arguments.js';

// The longest path that Windows supports.
const longestPath = 32_767;
/**
 * The limit that the services document for the path of a job's file, of a reply and of a program,
 * MAX_PATH, as Windows itself takes it: with the terminator, although BITS documents it without.
 */
export const longestLocalName = 259;

const devices = /^(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$) *(\..*)?$/i;
// eslint-disable-next-line no-control-regex -- Windows forbids control characters in names.
const forbidden = /[<>:"|?*\u0000-\u001f]/;

/**
 * A path with a drive or a share: the service does not know this process's current directory.
 *
 * @param longest How many characters the service accepts.
 * @param secret Whether something secret may be mistaken for it, so that an error shows no text of it.
 */
export function checkPath(
  name: string,
  value: unknown,
  longest = longestPath,
  secret = false,
): string {
  const path = checkString(name, value, longest, 1, secret);
  const refuse = (expected: string) =>
    fault('ERR_INVALID_ARG_VALUE', name, expected, value, secret);
  if (/^[\\/]{2}[?.]([\\/]|$)/.test(path))
    throw refuse('a path without the prefix \\\\?\\ or \\\\.\\');
  const [root] = /^([a-z]:[\\/]|[\\/]{2}(?=[^\\/]))/i.exec(path) ?? [];
  if (root === undefined) throw refuse('an absolute path such as C:\\folder\\file');
  const parts = path.slice(root.length).split(/[\\/]/);
  for (const [at, part] of parts.entries()) {
    if (forbidden.test(part)) {
      throw refuse('a path whose names have no control characters and none of < > : " | ? *');
    }
    // The name of a server is not one of a file.
    if (at === 0 && root.length === 2) continue;
    if (/[. ]$/.test(part) && part !== '.' && part !== '..') {
      throw refuse('a path whose names do not end in a dot or a space');
    }
    if (devices.test(part)) throw refuse('a path without device names, such as NUL or COM1');
  }
  return path;
}
