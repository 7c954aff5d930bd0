// SPDX-License-Identifier: MIT
// @ts-check
// Runs the Windows Node: under Wine on Linux, directly on Windows.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { onWindows, root } from '../clone.mjs';
import { windowsNodePath } from '../setup/runtimes.mjs';
import { Family } from './family.mjs';
import { Follower } from './follower.mjs';
import { inUse, runWine, windowsPath, wineCommand, wineEnvironment } from './wine.mjs';

/**
 * @typedef {object} Options
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to this process's own
 * @property {string} [node] as windowsNodePath() takes it
 * @property {string} [prefix] the name of the Wine prefix; the default is the main one
 * @property {number} [processor] on Linux, the one that the program and its child processes are
 *   pinned to
 * @property {boolean} [self] whether a bare `dosvc` that is not installed for the script resolves to
 *   this clone's build
 * @property {(data: Buffer) => void} [onStdout]
 * @property {(data: Buffer) => void} [onStderr]
 *
 * @typedef {object} Ending
 * @property {number} status as a shell reports it: 128 plus the signal's number if a signal ended it
 * @property {NodeJS.Signals | null} signal
 *
 * @typedef {object} Run
 * @property {Promise<Ending>} ended
 * @property {() => void} interrupt what Ctrl-C does
 * @property {(signal: NodeJS.Signals) => void} end ends it and everything that it started; `ended`
 *   reports the signal
 * @property {() => number} left how many of the processes that it started are running; 0 on Windows,
 *   where this is not known
 */

const pollMilliseconds = 15;

/** @type {Ending} */
const cutOff = { status: 1, signal: null };

/**
 * Whether these arguments run a script, rather than only print information about Node.
 * @param {string[]} args
 */
function isScript(args) {
  return args[0]?.startsWith('-') === false;
}

/**
 * @param {NodeJS.Signals} signal
 * @returns {Ending}
 */
function endedBy(signal) {
  return { status: 128 + constants.signals[signal], signal };
}

/**
 * A path of this system as the Windows Node sees it.
 * @param {string} path absolute
 */
export function pathForNode(path) {
  return onWindows ? path : windowsPath(path);
}

/**
 * NODE_OPTIONS reaches worker threads and child processes too.
 * @param {string[]} names scripts of this folder to preload
 */
function preload(names) {
  const options = names.map((name) => {
    const script = pathForNode(join(root, 'tools', 'win', name));
    return `--require ${JSON.stringify(script)}`;
  });
  return { NODE_OPTIONS: [process.env.NODE_OPTIONS ?? '', ...options].join(' ').trim() };
}

/**
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Run}
 */
export function startWindowsNode(args, options = {}) {
  const scripts = [
    ...['ended.cjs', ...(onWindows ? [] : ['sockets.cjs'])],
    ...(options.self ? ['self.cjs'] : []),
  ];
  const env = { ...preload(scripts), ...options.env };
  return onWindows ? startHere(args, options, env) : startUnderWine(args, options, env);
}

/**
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Ending>}
 */
export function runWindowsNode(args, options) {
  return startWindowsNode(args, options).ended;
}

/**
 * Starts Windows' own services if they are not running. The first program in a prefix starts them; if
 * that program belonged to a run, the services would end with the run.
 * @param {string} [prefix]
 * @param {number} [processor]
 */
function startServices(prefix, processor) {
  if (!inUse(prefix)) runWine(['cmd', '/c', 'exit'], wineEnvironment({}, prefix), processor);
}

/**
 * @param {string[]} args
 * @param {Options} options
 * @param {NodeJS.ProcessEnv} env
 * @returns {Run}
 */
function startUnderWine(args, { cwd, node, prefix, processor, onStdout, onStderr }, env) {
  startServices(prefix, processor);
  const family = new Family();
  const streams = [onStdout, onStderr].map((onData) => new Follower(onData ?? (() => {})));
  const endedItself = join(root, '.win', 'run', `${randomUUID()}.ended`);
  /** @type {NodeJS.Signals | null} */
  let endedWith = null;
  let interrupted = false;

  // A separate session, so that Ctrl-C at a terminal reaches it once, through interrupt(). It dies with
  // this process, however this process ends.
  const command = wineCommand([windowsNodePath(node), ...args], processor);
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
    cwd,
    detached: true,
    env: {
      ...wineEnvironment(env, prefix),
      ...family.environment,
      DOSVC_WIN_ENDED: windowsPath(endedItself),
    },
    stdio: ['ignore', ...streams.map((stream) => stream.fd)],
  });
  const poll = setInterval(() => {
    for (const stream of streams) stream.drain();
  }, pollMilliseconds);

  /** @type {Promise<Ending>} */
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      if (endedWith) resolve(endedBy(endedWith));
      // Wine exits with status 0 both on Ctrl-C and when it is stopped.
      else if (interrupted && !existsSync(endedItself)) resolve(endedBy('SIGINT'));
      else if (status === 0 && isScript(args) && !existsSync(endedItself)) resolve(cutOff);
      else resolve(signal ? endedBy(signal) : { status: status ?? 1, signal: null });
    });
  });
  return {
    ended: ended.finally(() => {
      clearInterval(poll);
      for (const stream of streams) stream.close();
      rmSync(endedItself, { force: true });
    }),
    interrupt: () => {
      interrupted = true;
      if (child.pid !== undefined) family.interrupt(child.pid);
    },
    end: (signal) => {
      endedWith ??= signal;
      family.end();
    },
    left: () => family.members.length,
  };
}

/**
 * @param {string[]} args
 * @param {Options} options
 * @param {NodeJS.ProcessEnv} env
 * @returns {Run}
 */
function startHere(args, { cwd, node, onStdout, onStderr }, env) {
  const program = node ?? (process.env.DOSVC_NODE || process.execPath);
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', onStdout ?? (() => {}));
  child.stderr.on('data', onStderr ?? (() => {}));
  return {
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => {
        resolve(signal ? endedBy(signal) : { status: status ?? 1, signal: null });
      });
    }),
    // The console has already sent Ctrl-C to the whole process group.
    interrupt: () => {},
    end: () => {
      spawn('taskkill', ['/T', '/F', '/PID', String(child.pid)], { stdio: 'ignore' });
    },
    left: () => 0,
  };
}
