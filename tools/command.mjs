// SPDX-License-Identifier: MIT
// @ts-check
// Runs other programs for the tools.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onWindows, root } from './clone.mjs';

/** A failure that the user can act on: only its message is printed, without a stack. */
export class ToolError extends Error {}

/** A check cannot run on this machine; the message says why. That is not a failure: see ground.mjs. */
export class NotHere extends ToolError {}

/**
 * Runs a program to its end and shows its output only if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {string} its stdout
 */
export function run(command, args, { cwd = root, env = process.env } = {}) {
  const done = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: onWindows && command === 'npm',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  checkEnd(done, [command, ...args], `${done.stdout ?? ''}${done.stderr ?? ''}`);
  return done.stdout;
}

/**
 * Throws if a program did not start or did not succeed.
 * @param {Pick<import('node:child_process').SpawnSyncReturns<unknown>, 'error' | 'signal' | 'status'>} done
 * @param {string[]} command with its arguments
 * @param {string} said its output
 */
export function checkEnd({ error, signal, status }, command, said) {
  if (status === 0) return;
  const how = error?.message ?? signal ?? `exit status ${String(status)}`;
  throw new ToolError(`${said}\n${command.join(' ')}: ${how}`.trim());
}

/**
 * As run(), but other work goes on meanwhile.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} its stdout
 */
export function runBeside(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const shell = onWindows && command === 'npm';
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    const fail = (/** @type {string} */ how) => {
      const said = `${stdout}${stderr}\n${[command, ...args].join(' ')}: ${how}`;
      reject(new ToolError(said.trim()));
    };
    child.on('error', (error) => fail(error.message));
    child.on('close', (status, signal) => {
      if (status === 0) resolve(stdout);
      else fail(signal ?? `exit status ${String(status)}`);
    });
  });
}

/**
 * Waits for all, even if one fails, and then throws the first failure.
 * @param {Promise<unknown>[]} works
 */
export async function allOf(works) {
  const ended = await Promise.allSettled(works);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

/**
 * Runs a program with this process's own stdout and stderr.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit status; 1 if a signal ended it
 */
export function show(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (status) => {
      resolve(status ?? 1);
    });
  });
}

/**
 * Whether a program of this name is on the PATH.
 * @param {string} name
 */
export function installed(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/**
 * Runs the main part of a tool, prints its failure for the user, and sets the exit status.
 * @param {() => Promise<number | void>} body
 */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    console.error(error instanceof ToolError ? error.message : error);
    process.exitCode = 1;
  }
}
