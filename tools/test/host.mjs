// SPDX-License-Identifier: MIT
// @ts-check
// Runs scripts under the host's Node, one after another, as one run that can be ended as a whole.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from '../clone.mjs';
import { Family } from '../win/family.mjs';

// How long a script has to finish what must not be cut off, such as the installation of a package.
const graceMilliseconds = 10_000;

/**
 * @param {string[][]} scripts each with its arguments; the run stops at the first that fails
 * @param {{ env?: NodeJS.ProcessEnv, onOutput: (data: Buffer) => void }} options
 * @returns {Pick<import('../win/run.mjs').Run, 'ended' | 'end'>}
 */
export function startOnHost(scripts, { env, onOutput }) {
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
      const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, ...args], {
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
