// SPDX-License-Identifier: MIT
// @ts-check
//
// Writes what the checks recorded into the documentation: docs/runs.json has the last run of each check
// on each system, docs/windows.md a table of them, and README.md a shorter one.

import { compare, table, withPart } from './markdown.mjs';

/** @typedef {import('../check/runs.mjs').Run} Run */
/** @typedef {import('../check/runs.mjs').Outcome} Outcome */
/** @typedef {Outcome & { check: string, date: string }} Row */

/** What no check has run. @type {[where: string, runtime: string, what: string][]} */
const notRun = [
  ['Windows Server 2022, MSVC, x64', 'Node 20, 22, 24', 'in `.github/workflows/ci.yml`'],
  ['Windows 11, MSVC, arm64', 'Node 24', 'the same, without the stand-in'],
  ['Windows, MSVC, ia32', 'Node 22', 'the same'],
  ['Windows, MSVC, x64', 'Electron 45', 'the same'],
  ['Delivery Optimization itself', '–', 'needs Windows'],
];

/** @param {Run} run */
const keyOf = ({ check, on }) => `${check} on ${on}`;

/**
 * The newest run of each check on each system.
 * @param {Run[]} runs
 */
export function newestRuns(runs) {
  const byDate = [...runs].sort((a, b) => compare(a.date, b.date));
  const newest = new Map(byDate.map((run) => [keyOf(run), run]));
  return [...newest.values()].sort((a, b) => compare(keyOf(a), keyOf(b)));
}

/** @param {Run[]} runs */
export function runsJson(runs) {
  return `${JSON.stringify(runs, null, 2)}\n`;
}

/** @param {Run[]} runs @returns {Row[]} */
function rowsOf(runs) {
  const rows = runs.flatMap(({ check, date, outcomes }) =>
    outcomes.map((outcome) => ({ ...outcome, check, date: date.slice(0, 10) })),
  );
  return rows.sort((a, b) => compare(a.where, b.where) || compare(a.check, b.check));
}

/** @param {{ passed: number, failed: number }} counts */
function result({ passed, failed }) {
  return failed === 0
    ? `${String(passed)} passed`
    : `${String(passed)} passed, **${String(failed)} failed**`;
}

/** @param {string} check */
function command(check) {
  return check === 'test' ? '`npm test`' : `\`npm run ${check}\``;
}

/** Each check, with what it ran. @param {Run[]} runs */
function longTable(runs) {
  const row = (/** @type {Row} */ row) => [
    ...[row.where, row.runtime || '–', `${command(row.check)}: ${row.what}`],
    ...[result(row), row.date],
  ];
  const missing = notRun.map(([where, runtime, what]) => [where, runtime, what, 'not run', '–']);
  const head = ['Where', 'Runtime', 'What', 'Result', 'Date'];
  return table([head, ...rowsOf(runs).map(row), ...missing]);
}

/** Each system, with what was run there. @param {Run[]} runs */
function shortTable(runs) {
  const rows = rowsOf(runs);
  const places = unique(rows.map(({ where }) => where)).map((where) => {
    const own = rows.filter((row) => row.where === where);
    const failed = own.reduce((sum, row) => sum + row.failed, 0);
    return [
      where,
      unique(own.flatMap(({ runtime }) => runtime || [])).join(', ') || '–',
      unique(own.map(({ check }) => command(check))).join(', '),
      failed === 0 ? 'passed' : `**${String(failed)} failed**`,
    ];
  });
  const missing = notRun.map(([where, runtime]) => [where, runtime, '–', 'not run']);
  return table([['Where', 'Runtime', 'What', 'Result'], ...places, ...missing]);
}

/** @param {string[]} texts */
function unique(texts) {
  return [...new Set(texts)];
}

const marks = {
  begin: '<!-- What was run, written by `npm run generate` from docs/runs.json: -->',
  end: '<!-- The end of what was run. -->',
  what: 'what was run',
};

/** The pages, each with its table. @type {Record<string, (runs: Run[]) => string>} */
export const pagesWithRuns = { 'README.md': shortTable, 'docs/windows.md': longTable };

/**
 * A page with its table in its place.
 * @param {string} path
 * @param {string} page
 * @param {Run[]} runs
 */
export function withRuns(path, page, runs) {
  return withPart(path, page, marks, pagesWithRuns[path]?.(runs) ?? '');
}
