// SPDX-License-Identifier: MIT
// @ts-check
// Runs a check that has its row in the documentation's tables: one against something that a machine
// may lack, or on another ground than `npm test`, such as another runtime, architecture or Wine.

import { root } from '../clone.mjs';
import { main, NotHere, ToolError } from '../command.mjs';
import { windowsPlace } from './place.mjs';
import { documentedRuns, record } from './runs.mjs';

export { NotHere };

/** @typedef {import('./runs.mjs').Outcome} Outcome */

/** Automake's exit status of a test that was skipped; .ci/run counts it as not run. */
const notRun = 77;

/** @param {string} check */
function lastRun(check) {
  const [last] = documentedRuns(root)
    .filter((run) => run.check === check)
    .map(({ date }) => date.slice(0, 10))
    .sort()
    .reverse();
  return last === undefined ? 'not run before' : `last run ${last}`;
}

/**
 * What a check that threw leaves to record.
 * @param {unknown} error
 * @returns {Outcome[]}
 */
function unfinished(error) {
  console.error(error instanceof ToolError ? error.message : error);
  const what = 'it did not finish';
  return [{ where: windowsPlace(), runtime: '', what, passed: 0, failed: 1 }];
}

/**
 * Whether `-- --smoke` asks for the check's smoke part alone.
 * @param {string} name
 * @param {boolean} smokePart whether it has one
 */
function asksForSmoke(name, smokePart) {
  const args = process.argv.slice(2);
  const known = smokePart ? ['--smoke'] : [];
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown === undefined) return args.length > 0;
  const usage = `npm run check:${name}${smokePart ? ' [-- --smoke]' : ''}`;
  throw new ToolError(`Unknown argument '${unknown}'. Usage: ${usage}`);
}

/**
 * Runs a check, records its outcomes, and prints `N passed, N failed` as the last line. The exit
 * status is 1 if anything failed. If the body throws NotHere, nothing is recorded, the last line is
 * `not run: REASON (last run DATE)`, and the exit status is 77.
 * @param {string} name as in `npm run check:NAME`
 * @param {(smoke: boolean) => Promise<Outcome[]>} body is told whether only the smoke part is to run
 * @param {{ smokePart?: boolean }} [options] whether the check has a smoke part
 */
export async function ground(name, body, { smokePart = false } = {}) {
  await main(async () => {
    const smoke = asksForSmoke(name, smokePart);
    const check = `check:${name}${smoke ? ' -- --smoke' : ''}`;
    /** @type {Outcome[]} */
    let outcomes;
    try {
      outcomes = await body(smoke);
      if (total(outcomes, 'passed') + total(outcomes, 'failed') === 0) {
        throw new ToolError(`${check} ran nothing.`);
      }
    } catch (error) {
      if (error instanceof NotHere) {
        const [reason = ''] = error.message.split('\n');
        console.log(`not run: ${reason.replace(/\.$/, '')} (${lastRun(check)})`);
        return notRun;
      }
      outcomes = unfinished(error);
    }
    record(check, windowsPlace(), outcomes);
    const [passed, failed] = [total(outcomes, 'passed'), total(outcomes, 'failed')];
    console.log(`${String(passed)} passed, ${String(failed)} failed`);
    return failed === 0 ? 0 : 1;
  });
}

/**
 * @param {Outcome[]} outcomes
 * @param {'passed' | 'failed'} which
 */
function total(outcomes, which) {
  return outcomes.reduce((sum, outcome) => sum + outcome[which], 0);
}
