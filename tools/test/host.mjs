// SPDX-License-Identifier: MIT
// @ts-check
// Runs scripts under the host's Node, one after another, as one run that can be ended as a whole.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from '../clone.mjs';
import { Family } from '../win/family.mjs';

// Takes only the processor time that no other process wants. Linux divides the processors among
// sessions, and then within each session by niceness, so both priorities have to be low. An
// unprivileged process may fail to lower its session's: Linux allows one such change every 100 ms, for
// all processes together.
const atLowPriority = [
  ...['sh', '-c'],
  `for try in 1 2 3 4 5; do
     [ -w /proc/self/autogroup ] || break
     (echo 19 > /proc/self/autogroup) 2> /dev/null && break
     sleep 0.2
   done
   exec nice -n 19 "$@"`,
  'sh',
];

// How long a script has to finish what must not be cut off, such as the installation of a package.
const graceMilliseconds = 10_000;

/**
 * @param {string[][]} scripts each with its arguments; the run stops at the first that fails
 * @param {object} options
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(data: Buffer) => void} options.onOutput
 * @param {boolean} [options.lowPriority] whether all else comes first
 * @returns {Pick<import('../win/run.mjs').Run, 'ended' | 'end'>}
 */
export function startOnHost(scripts, { env, onOutput, lowPriority = false }) {
  const family = new Family();
  /** @type {NodeJS.Signals | null} */
  let endedWith = null;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let running;
  /** @type {NodeJS.Timeout | undefined} */
  let grace;

  /**
   * @param {string[]} args
   * @returns {Promise<import('../win/run.mjs').Ending>}
   */
  const one = (args) =>
    new Promise((resolve, reject) => {
      // A separate session: Ctrl-C at a terminal does not reach it; end() does.
      const command = [...(lowPriority ? atLowPriority : []), process.execPath, ...args];
      const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
        cwd: root,
        detached: true,
        env: { ...process.env, ...env, ...family.environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running = child;
      child.stdout.on('data', onOutput);
      child.stderr.on('data', onOutput);
      child.on('error', reject);
      child.on('exit', () => {
        clearTimeout(grace);
        if (endedWith) family.end();
      });
      child.on('close', (status, signal) => {
        const by = endedWith ?? signal;
        resolve({ status: by ? 128 + constants.signals[by] : (status ?? 1), signal: by });
      });
    });

  const all = async () => {
    for (const args of scripts) {
      const ending = await one(args);
      if (ending.status !== 0) return ending;
    }
    return { status: 0, signal: null };
  };
  return {
    ended: all(),
    // Asks the script to end, and ends what is left of it: when it has ended, after the grace period,
    // or if this is called again.
    end: (signal) => {
      const again = endedWith !== null;
      endedWith ??= signal;
      if (again || !running?.kill('SIGTERM')) {
        family.end();
        return;
      }
      grace = setTimeout(() => family.end(), graceMilliseconds);
    },
  };
}
