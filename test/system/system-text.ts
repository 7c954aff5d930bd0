// SPDX-License-Identifier: MIT

import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');
const formatMessage = kernel32.func(
  'uint32_t __stdcall FormatMessageW(uint32_t flags, void *source, uint32_t id, uint32_t language, _Out_ uint8_t *text, uint32_t size, void *arguments)',
) as (...args: (number | Buffer | null)[]) => number;

/** FORMAT_MESSAGE_FROM_SYSTEM and FORMAT_MESSAGE_IGNORE_INSERTS */
const flags = 0x1200;

/** Windows' own text for a Win32 code, in the user's language. */
export function systemText(code: number): string {
  const text = Buffer.alloc(2048);
  const length = formatMessage(flags, null, code, 0, text, text.length / 2, null);
  return text
    .toString('utf16le', 0, 2 * length)
    .replaceAll(/\s+/g, ' ')
    .trim();
}
