// SPDX-License-Identifier: MIT
// @ts-check
// bash .ci/run: runs everything from a fresh clone: the demo, the tests, the long tests, the static
// checks, the checks against the Windows SDK, and the comparison with the .NET client. Each runs even
// if another has failed. What can run side by side does; the output is in order nevertheless. The last
// line gives the counts.

import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { root } from './clone.mjs';
import { main } from './command.mjs';
import { startOnHost } from './test/host.mjs';
import { startSideBySide } from './test/side-by-side.mjs';
import { passSignals } from './win/foreground.mjs';

/**
 * @typedef {object} Command
 * @property {string} script of package.json, with arguments
 * @property {string[]} [after] the commands that must have ended before it starts
 * @property {boolean} [lowPriority] whether it takes only the processor time that the others leave
 */

// The demo sets up the machine. The Windows suites and the long tests share Wine prefixes, so they run
// one after the other; `check:dotnet` uses the `main` prefix, as the Linux tests do. The checks need no
// Windows and run at the lowest priority, so that they do not slow the tests. They start after the
// Linux tests: both build the addons under the same lock, and a build at the lowest priority would keep
// the tests waiting for it. The Windows tests mostly wait, so they leave the checks enough time.
const inNode = 'test -- --system Windows';
const onHost = 'test -- --system Linux';

/** @type {Command[]} */
const commands = [
  { script: 'demo' },
  { script: inNode, after: ['demo'] },
  { script: onHost, after: ['demo'] },
  { script: 'test:endurance', after: [inNode, onHost] },
  { script: 'check', after: [onHost], lowPriority: true },
  { script: 'check:sdk', after: [onHost], lowPriority: true },
  { script: 'check:dotnet', after: ['test:endurance'] },
];

/** @type {Record<string, string>} */
const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

/**
 * The file and the arguments with which npm would run node.
 * @param {string} script
 */
function argumentsOf(script) {
  const [name = '', ...args] = script.split(' ');
  const [, ...own] = (scripts[name] ?? '').split(' ');
  return [...own, ...args.filter((argument) => argument !== '--')];
}

/** @param {Command} command @returns {import('./test/side-by-side.mjs').Part} */
function part({ script, after = [], lowPriority }) {
  return {
    name: nameOf(script),
    after: after.map(nameOf),
    start: (onOutput) => startOnHost([argumentsOf(script)], { onOutput, lowPriority }),
  };
}

/** @param {string} script */
function nameOf(script) {
  return `npm run ${script}`;
}

await main(async () => {
  const { results, end } = startSideBySide(commands.map(part), (data) =>
    process.stdout.write(data),
  );
  /** @type {NodeJS.Signals | undefined} */
  let stoppedBy;
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    stoppedBy ??= signal;
    end(signal);
  };
  const ended = await passSignals({ interrupt: () => stop('SIGINT'), end: stop }, results);
  const failed = ended.filter(({ status }) => status !== 0);
  console.log();
  for (const { name, status, started, seconds } of ended) {
    const how = `${status === 0 ? 'passed' : 'failed'} (${seconds.toFixed(0)} s)`;
    console.log(`${name}: ${started ? how : 'not started'}`);
  }
  const notStarted = failed.filter(({ started }) => !started).length;
  const counts = [
    `${String(ended.length - failed.length)} passed`,
    `${String(failed.length - notStarted)} failed`,
    ...(notStarted > 0 ? [`${String(notStarted)} not started`] : []),
  ];
  console.log(counts.join(', '));
  if (stoppedBy) return 128 + constants.signals[stoppedBy];
  return failed.length === 0 ? 0 : 1;
});
