// SPDX-License-Identifier: MIT
//
// The name of a file from what a server or an address says. Nobody here has chosen it, so it is made safe
// by the rules of Windows, on every system: one name without a folder, a stream or a device.

import { toUSVString } from 'node:util';

// COM1 and its fellows also in superscript, and with whatever follows a dot.
// See https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/iu;
// Of the 255 that file systems allow, some are for what temporary names add.
const longestName = 200;
const longestExtension = 20;

/** The name in an address, or undefined if its path ends with a slash. */
export function nameFrom(address: string): string | undefined {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  return safeName(decoded(last));
}

/**
 * The name in a Content-Disposition header, or undefined if there is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6266
 */
export function nameIn(disposition: string): string | undefined {
  const parameters = new Map(
    Array.from(
      disposition.matchAll(/;\s*([\w*-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)/g),
      (match) => {
        const [, name = '', value = ''] = match;
        return [name.toLowerCase(), value];
      },
    ),
  );
  const extended = /^(utf-8|iso-8859-1)'[^']*'(.+)$/i.exec(parameters.get('filename*') ?? '');
  if (extended !== null) {
    const [, charset = '', value = ''] = extended;
    return safeName(charset.toLowerCase() === 'utf-8' ? decoded(value) : latin1(value));
  }
  const plain = parameters.get('filename') ?? '';
  const text = plain.startsWith('"') ? plain.slice(1, -1).replace(/\\(.)/g, '$1') : plain;
  return safeName(utf8(text));
}

/** The last part of a path as a name that is safe; undefined if nothing is left of it. */
export function safeName(path: string): string | undefined {
  const last = path.split(/[\\/]/).at(-1) ?? '';
  const name = toUSVString(last)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (name === '') return undefined;
  return shortened(device.test(name) ? `_${name}` : name);
}

function shortened(name: string): string {
  const extension = /\.[^.]*$/.exec(name)?.[0] ?? '';
  const kept = Buffer.byteLength(extension) > longestExtension ? '' : extension;
  // Made here, since it takes milliseconds that every other command would have to wait for.
  const characters = new Intl.Segmenter();
  let stem = '';
  for (const { segment } of characters.segment(name.slice(0, name.length - kept.length))) {
    if (Buffer.byteLength(stem + segment + kept) > longestName) break;
    stem += segment;
  }
  return stem.trimEnd() + kept;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // It is in another encoding than UTF-8, or not encoded at all.
    return text;
  }
}

function latin1(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
}

// A header's bytes are characters of ISO 8859-1 for fetch(), but servers send UTF-8.
function utf8(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const read = bytes.toString('utf8');
  return bytes.toString('latin1') === text && !read.includes('\uFFFD') ? read : text;
}
