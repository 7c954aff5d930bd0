// SPDX-License-Identifier: MIT
// @ts-check
// Runs the Windows Node in place of this process: passes on output, signals and the exit status.

import { startWindowsNode } from './run.mjs';

/** @typedef {Pick<import('./run.mjs').Run, 'interrupt' | 'end'>} Stoppable */

const graceMilliseconds = 3000;

/**
 * npm sends a signal only to the shell between itself and this process, and the signal kills that
 * shell, which does not pass it on. So when the shell has gone, this interrupts the script, and ends
 * it if it is still running after a grace period.
 * @param {Stoppable} run
 * @returns {NodeJS.Timeout}
 */
function watchShell(run) {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    run.interrupt();
    setTimeout(run.end, graceMilliseconds, 'SIGTERM').unref();
  }, 50);
  return watch;
}

/**
 * Passes the signals that reach this process on to a run until the run has ended.
 * @template T
 * @param {Stoppable} run
 * @param {Promise<T>} ended
 * @returns {Promise<T>}
 */
export async function passSignals(run, ended) {
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    run.end(signal);
  };
  const readerLeft = () => {
    run.end('SIGPIPE');
  };
  process.on('SIGINT', run.interrupt).on('SIGTERM', end).on('SIGHUP', end);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', readerLeft);
  const watch = process.env.npm_lifecycle_event ? watchShell(run) : undefined;
  try {
    return await ended;
  } finally {
    clearInterval(watch);
    process.off('SIGINT', run.interrupt).off('SIGTERM', end).off('SIGHUP', end);
  }
}

/**
 * @param {string[]} args
 * @param {Omit<import('./run.mjs').Options, 'onStdout' | 'onStderr'>} [options]
 * @returns {Promise<number>} the exit status for this process
 */
export async function runInForeground(args, options) {
  const run = startWindowsNode(args, {
    ...options,
    onStdout: (data) => process.stdout.write(data),
    onStderr: (data) => process.stderr.write(data),
  });
  return (await passSignals(run, run.ended)).status;
}
