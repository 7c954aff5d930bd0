// SPDX-License-Identifier: MIT
// @ts-check
// Runs the smoke suite (test/smoke): the package as a user installs it, under one runtime.

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withInstalledPackage } from '../build/package.mjs';
import { root } from '../clone.mjs';
import { pathForNode, startWindowsNode } from '../win/run.mjs';
import { passSignals } from '../win/foreground.mjs';
import { startServer } from '../../test/smoke/server.mjs';

/**
 * @typedef {Pick<import('../win/run.mjs').Options, 'cwd' | 'onStdout' | 'onStderr'>} Given
 * @typedef {import('../win/run.mjs').Run} Run
 *
 * @typedef {object} Options
 * @property {string} [runtime] its executable; the default is the Windows Node
 * @property {string} [prefix] the name of the Wine prefix; the default is the main one
 * @property {string[]} [only] the parts to run; all by default
 * @property {boolean} [serverHere] whether the HTTP server runs in this process, not in the runtime
 * @property {(args: string[], given: Given) => Run} [start] starts the runtime with these arguments;
 *   by default, under this machine's Wine or on Windows
 */

/** More than the suite needs on a busy machine: each of its checks has a limit of its own. */
const limit = 10 * 60_000;

/**
 * What the output of the suite says.
 * @param {string} said
 */
export function smokeResult(said) {
  const [, name = 'it did not start'] = /^(\S+ \S+) on \S+, dosvc /m.exec(said) ?? [];
  const counts = /^(\d+) passed, (\d+) failed\s*$/m.exec(said);
  const count = (/** @type {RegExp} */ line) => said.match(line)?.length ?? 0;
  return {
    runtime: name.replace(/^Node/, 'Windows Node'),
    passed: count(/^ok: /gm),
    // Without the counts, it did not reach its end.
    failed: count(/^FAILED: /gm) + (counts ? 0 : 1),
  };
}

/**
 * How many of its processes are still there, after as long as they may take to end.
 * @param {Run} run
 */
async function leftBy(run) {
  for (const late = Date.now() + 5000; run.left() > 0 && Date.now() < late;) await sleep(50);
  return run.left();
}

/**
 * Runs the suite, shows its output, and returns what ran, and with what result.
 * @param {Options} [options]
 * @returns {Promise<Omit<import('./runs.mjs').Outcome, 'where'>>}
 */
export async function smoke({ runtime, prefix, only, serverHere, start } = {}) {
  const which = { ...(runtime && { node: runtime }), ...(prefix && { prefix }) };
  const begin = start ?? ((args, given) => startWindowsNode(args, { ...which, ...given }));
  const server = serverHere ? await startServer() : undefined;
  try {
    return await withInstalledPackage(async (app) => {
      cpSync(join(root, 'test', 'smoke'), join(app, 'smoke'), { recursive: true });
      let said = '';
      const run = begin(
        [
          pathForNode(join(app, 'smoke', 'smoke.mjs')),
          ...(only ? ['--only', only.join()] : []),
          ...(server ? ['--server', server.url] : []),
        ],
        {
          cwd: app,
          onStdout: (data) => {
            said += data.toString();
            for (const [, name = ''] of said.matchAll(/^go: (\S+)$/gm)) server?.letGo(name);
            process.stdout.write(data);
          },
          onStderr: (data) => process.stderr.write(data),
        },
      );
      const timer = setTimeout(run.end, limit, 'SIGKILL');
      const { signal } = await passSignals(run, run.ended);
      clearTimeout(timer);
      const left = await leftBy(run);
      if (left > 0) console.error(`The suite left ${String(left)} processes behind.`);
      run.end('SIGKILL');
      const result = smokeResult(said);
      const what = ['the smoke suite', ...(only ?? [])].join(' ');
      return { ...result, what, failed: result.failed + (signal ? 1 : 0) + (left > 0 ? 1 : 0) };
    });
  } finally {
    server?.stop();
  }
}
