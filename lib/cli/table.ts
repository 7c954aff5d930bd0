// SPDX-License-Identifier: MIT
//
// A table as wide as the terminal. Where the columns do not fit, even when the longest are cut, each row
// is a block of lines instead, so that an id is always whole: people copy it.

import stringWidth from 'string-width';

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** The fewest cells to which it may be cut; it is never cut without. */
  readonly least?: number;
}

const gap = '  ';

/**
 * The lines of a table.
 *
 * @param columns The first one identifies the row.
 * @param width In cells; Infinity for a file.
 * @param head Changes the look of the titles.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  head: (text: string) => string = (text) => text,
): string[] {
  const widths = widthsOf(columns, rows, width);
  if (widths === undefined) return rows.flatMap((row) => block(row, width));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, at) => padded(cells[at] ?? '', widths[at] ?? 0, align))
      .join(gap)
      .trimEnd();
  return [head(line(columns.map(({ title }) => title))), ...rows.map(line)];
}

const characters = new Intl.Segmenter();

/** The text, or as much of its beginning as fits into so many cells. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  let left = width - 1;
  for (const { segment } of characters.segment(text)) {
    left -= stringWidth(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Lines of parts, as many in each as fit. */
export function flowed(parts: readonly string[], width: number, indent = ''): string[] {
  const lines: string[] = [];
  for (const part of parts.filter((one) => one !== '')) {
    const last = lines.at(-1);
    const longer = last === undefined ? undefined : last + gap + part;
    if (longer !== undefined && stringWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(cut(indent + part, width));
  }
  return lines;
}

function widthsOf(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] | undefined {
  const widths = columns.map(({ title }, at) =>
    Math.max(...[title, ...rows.map((row) => row[at] ?? '')].map((cell) => stringWidth(cell))),
  );
  const total = () => widths.reduce((sum, one) => sum + one, gap.length * (columns.length - 1));
  while (total() > width) {
    const cuttable = widths.map((one, at) => one - (columns[at]?.least ?? one));
    const most = Math.max(...cuttable);
    if (most <= 0) return undefined;
    const at = cuttable.indexOf(most);
    widths[at] = (widths[at] ?? 0) - Math.min(most, total() - width);
  }
  return widths;
}

function block([first = '', ...rest]: readonly string[], width: number): string[] {
  return [cut(first, width), ...flowed(rest, width, gap)];
}

function padded(cell: string, width: number, align?: 'right'): string {
  const text = cut(cell, width);
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? space + text : text + space;
}
