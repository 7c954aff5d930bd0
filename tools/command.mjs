// SPDX-License-Identifier: MIT
// @ts-check
// Runs the programs that the tools are made of.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onWindows, root } from './clone.mjs';

/** A failure that the user can act on: its message is all there is to print. */
export class ToolError extends Error {}

/**
 * Runs a program to its end, quietly. What it printed is shown only where it failed.
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
  if (done.status !== 0) {
    const how = done.error?.message ?? done.signal ?? `exit status ${String(done.status)}`;
    const said = `${done.stdout ?? ''}${done.stderr ?? ''}`;
    throw new ToolError(`${said}\n${[command, ...args].join(' ')}: ${how}`.trim());
  }
  return done.stdout;
}

/**
 * Runs a program with this process's own stdout and stderr.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit status; 1 where a signal ended it
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
 * The main part of a tool: prints a failure as the user should see it, and sets the exit status.
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
