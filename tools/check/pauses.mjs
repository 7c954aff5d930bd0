// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:pauses: tests wait for events, not for time to pass. test/pauses.json lists each
// unavoidable wait of 1.5 s or more with its reason.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { main, ToolError } from '../command.mjs';
import { setUpPackages } from '../setup.mjs';
import { filesBelow } from './files.mjs';

const least = 1500;
const list = 'test/pauses.json';

/** @typedef {Omit<import('./waits.mjs').Wait, 'line'>} Pause */

/** @param {Pause} pause */
function sentence({ file, test, wait, milliseconds }) {
  return `${file}, '${test}': ${wait} takes ${String(milliseconds)} ms`;
}

/**
 * @param {Pause[]} found
 * @param {(Pause & { reason?: string })[]} listed
 */
function faultsOf(found, listed) {
  const here = new Set(found.map(sentence));
  const there = new Set(listed.map(sentence));
  return [
    ...[...here].filter((one) => !there.has(one)).map((one) => `${one} is not listed in ${list}`),
    ...[...there]
      .filter((one) => !here.has(one))
      .map((one) => `${list}: ${one}, which is no longer in the test`),
    ...listed
      .filter(({ reason }) => !reason)
      .map((one) => `${list}: ${sentence(one)}, without a reason`),
  ];
}

await main(async () => {
  await setUpPackages();
  const { waitsOf } = await import('./waits.mjs');
  const found = waitsOf(filesBelow(['test'], /\.[cm]?[jt]s$/), least);
  const faults = faultsOf(found, JSON.parse(readFileSync(join(root, list), 'utf8')));
  if (faults.length > 0) throw new ToolError(faults.join('\n'));
  console.log(`Pauses: passed (${String(found.length)} of ${String(least)} ms or more).`);
});
