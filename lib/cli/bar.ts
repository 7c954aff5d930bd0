// SPDX-License-Identifier: MIT

/** A bar of so many cells; empty while nobody knows how much there is. */
export function bar(transferred: number, total: number | null, cells: number): string {
  const part = total === null ? 0 : total === 0 ? 1 : Math.min(1, transferred / total);
  const full = Math.floor(part * cells);
  const [done, open] = marks();
  return done.repeat(full) + open.repeat(cells - full);
}

// Every console of Windows has these characters; elsewhere, the locale says.
function marks(): readonly [string, string] {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  const locale = [LC_ALL, LC_CTYPE, LANG].find((name) => name) ?? '';
  return process.platform === 'win32' || /utf-?8/i.test(locale) ? ['█', '░'] : ['#', '.'];
}
