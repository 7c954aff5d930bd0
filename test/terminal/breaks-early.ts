// SPDX-License-Identifier: MIT
// Whether a text was broken into lines before they were full, as one that was broken twice is.

/**
 * Whether the next line goes on with the text of this one, and its first word would have had room here.
 *
 * @param next What goes on is indented deeper, by one more.
 */
export function breaksEarly(line: string, next: string | undefined, width: number): boolean {
  const indentOf = (text: string) => text.length - text.trimStart().length;
  if (next === undefined || next === '' || indentOf(next) % 3 !== 1) return false;
  const [word = ''] = next.trimStart().split(' ');
  return line.length + 1 + word.length <= width;
}
