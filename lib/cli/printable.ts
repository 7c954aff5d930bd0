// SPDX-License-Identifier: MIT
//
// Texts that come from elsewhere, made fit for a terminal: a job's name, for example, is whatever another
// program has chosen.

/**
 * Without characters that command a terminal or change the order of the others.
 * See https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ');
}

/** An address without user information, query and fragment, which may grant access. */
export function withoutSecrets(address: string): string {
  if (address.startsWith('\\\\')) return address;
  return address
    .replace(/^([a-z][a-z0-9+.-]*:)?[\\/]{2,}[^/?#]*@/i, '$1//')
    .replace(/[?#].*$/s, '');
}
