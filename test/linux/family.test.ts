// SPDX-License-Identifier: MIT
// tools/win/family.mjs: which process of a run is interrupted.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { Family } from '../../tools/win/family.mjs';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts a process of the run under this name. */
async function start(family: Family, name: string): Promise<ChildProcess> {
  const child = spawn('bash', ['-c', `exec -a '${name}' cat`], {
    env: { ...process.env, ...family.environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  // It answers once it has its name.
  child.stdin.write('here');
  await once(child.stdout, 'data');
  return child;
}

async function interrupted(child: ChildProcess): Promise<unknown> {
  const [, signal] = (await once(child, 'exit')) as unknown[];
  return signal;
}

it('is the program', async () => {
  const family = new Family();
  const program = await start(family, 'node.exe');
  await start(family, 'C:\\windows\\system32\\conhost.exe');
  family.interrupt(Number(program.pid));
  expect(await interrupted(program)).toBe('SIGINT');
});

it('is the program that start.exe runs', async () => {
  const family = new Family();
  const first = await start(family, 'start.exe');
  const program = await start(family, 'Z:\\node.exe');
  family.interrupt(Number(first.pid));
  expect(await interrupted(program)).toBe('SIGINT');
  expect(first.signalCode).toBeNull();
});
