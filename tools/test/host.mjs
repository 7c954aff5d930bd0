// SPDX-License-Identifier: MIT
// @ts-check
// Scripts of the host's own Node, one after the other, as one run that can be ended whole.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from '../clone.mjs';
import { Family } from '../win/family.mjs';

/**
 * @param {string[][]} scripts each with its arguments; the first that fails is the last
 * @param {{ env: NodeJS.ProcessEnv, onOutput: (data: Buffer) => void }} options
 * @returns {Pick<import('../win/run.mjs').Run, 'ended' | 'end'>}
 */
export function startOnHost(scripts, { env, onOutput }) {
  const family = new Family();
  /** @type {NodeJS.Signals | null} */
  let endedWith = null;

  /**
   * @param {string[]} args
   * @returns {Promise<import('../win/run.mjs').Ending>}
   */
  const one = (args) =>
    new Promise((resolve, reject) => {
      // A session of its own: Ctrl-C at a terminal does not reach it, end() does.
      const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, ...args], {
        cwd: root,
        detached: true,
        env: { ...process.env, ...env, ...family.environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout.on('data', onOutput);
      child.stderr.on('data', onOutput);
      child.on('error', reject);
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
    end: (signal) => {
      endedWith ??= signal;
      family.end();
    },
  };
}
