// SPDX-License-Identifier: MIT
//
// Sentences as a terminal shows them: broken between words, and indented.

// Longer lines are hard to read.
const longestLine = 100;

/** The lines of a text in so many columns. */
export function wrapped(text: string, columns: number, indent = ''): string[] {
  const width = Math.max(20, Math.min(columns - 1, longestLine) - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => indent + one);
}

/** Titles, each with its text under it. */
export function sections(
  parts: readonly (readonly [title: string, text: string])[],
  columns: number,
): string[] {
  return parts.flatMap(([title, text]) => ['', title, ...wrapped(text, columns, '  ')]);
}
