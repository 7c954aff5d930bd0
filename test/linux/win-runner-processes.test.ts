// SPDX-License-Identifier: MIT
// The processes of `npm run win`: which signals reach them, how all of them end, and how they run.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { orphanedLocksLibrary } from '../../tools/clone.mjs';
import { processors } from '../../tools/test/processors.mjs';
import { startWindowsNode } from '../../tools/win/run.mjs';
import { runWine } from '../../tools/win/wine.mjs';
import { clone, runner, Scripts } from './runner.js';

const scripts = new Scripts();

/** A script that runs until it is ended. */
const waiting = `console.log('ready'); setInterval(() => {}, 1000);`;

describe('signals:', () => {
  it('SIGINT reaches a handler, whose exit status counts', async () => {
    const { child, said, ended } = scripts.start(
      'handles.js',
      `process.on('SIGINT', () => { console.log('handled'); process.exit(0); }); ${waiting}`,
    );
    await said('ready');
    child.kill('SIGINT');
    const { status, stdout } = await ended;
    expect(stdout.toString()).toBe('ready\nhandled\n');
    expect(status).toBe(0);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends a script without a handler', async (signal, status) => {
    const { child, said, ended } = scripts.start('waits.js', waiting);
    await said('ready');
    child.kill(signal);
    expect((await ended).status).toBe(status);
  });

  it('SIGTERM ends every process that the script started', async () => {
    const mark = `dosvc-runner-test-${String(process.pid)}`;
    const { child, said, ended } = scripts.start(
      'family.js',
      `const { spawn } = require('node:child_process');
       if (process.argv[3] === 'grandchild') { ${waiting} }
       else {
         const command = [process.execPath, __filename, '${mark}', 'grandchild'];
         spawn(command.map((arg) => '"' + arg + '"').join(' '), { shell: true, stdio: 'inherit' });
       }`,
      [mark],
    );
    await said('ready');
    expect(processesNaming(mark).length).toBeGreaterThanOrEqual(3);
    child.kill('SIGTERM');
    expect((await ended).status).toBe(143);
    await expect.poll(() => processesNaming(mark), { timeout: 20_000 }).toEqual([]);
  });

  it.each([
    ['Ctrl-C at npm run', 'SIGINT', -1],
    ['SIGTERM to npm', 'SIGTERM', 1],
  ] as const)('%s reaches the script', async (_, signal, oneOrGroup) => {
    writeFileSync(
      join(scripts.folder, 'under-npm.js'),
      `process.on('SIGINT', () => { console.log('handled'); process.exit(); }); ${waiting}`,
    );
    const npm = ['--prefix', clone, 'run', '--silent', 'win', '--', 'under-npm.js'];
    const { child, said, ended } = scripts.startRunner('npm', npm);
    await said('ready');
    process.kill(oneOrGroup * Number(child.pid), signal);
    expect((await ended).stdout.toString()).toBe('ready\nhandled\n');
  });

  it('a killed runner ends its script', async () => {
    const mark = `dosvc-runner-kill-${String(process.pid)}`;
    const { child, said } = scripts.start('left.js', waiting, [mark]);
    await said('ready');
    child.kill('SIGKILL');
    await expect.poll(() => processesNaming(mark), { timeout: 20_000 }).toEqual([]);
  });
});

describe('Wine', () => {
  // A container may forbid fixed addresses.
  const permitted = spawnSync('setarch', ['-R', 'true']).status === 0;

  it('has fixed addresses and our library, also in processes that a script starts', async () => {
    const mark = `dosvc-runner-fixed-${String(process.pid)}`;
    const { child, said, ended } = scripts.start(
      'fixed.js',
      `if (process.argv[3] !== 'child')
         require('node:child_process').spawn(
           process.execPath, [__filename, '${mark}', 'child'], { stdio: 'inherit' });
       ${waiting}`,
      [mark],
    );
    await said('ready\nready');
    const processes = processesNaming(mark);
    expect(processes).toHaveLength(2);
    expect(processes.map(isFixed)).toEqual([permitted, permitted]);
    for (const pid of processes) {
      expect(readFileSync(`/proc/${pid}/maps`, 'utf8')).toContain(orphanedLocksLibrary);
    }
    child.kill('SIGTERM');
    await ended;
  });

  it('is not waited for longer than the program runs, whatever the program has started', () => {
    // In place of Wine: a program that starts a service, which inherits its output.
    const bin = join(scripts.folder, 'bin');
    mkdirSync(bin);
    const wine = `#!/bin/sh
      (for i in $(seq 200); do test -e '${bin}/stop' && exit; sleep 0.05; done; touch '${bin}/gave-up') &
      echo done`;
    writeFileSync(join(bin, 'wine'), wine, { mode: 0o755 });
    const path = `${bin}${delimiter}${process.env.PATH ?? ''}`;
    expect(runWine(['any.exe'], { ...process.env, PATH: path })).toBe('done\n');
    expect(readdirSync(bin)).toEqual(['wine']);
    writeFileSync(join(bin, 'stop'), '');
  });
});

describe('a processor', () => {
  it('that was chosen is the only one of the script and its child processes', async () => {
    const mark = `dosvc-runner-pinned-${String(process.pid)}`;
    const [processor = 0] = processors().slice(-1);
    writeFileSync(
      join(scripts.folder, 'pinned.js'),
      `if (process.argv[3] !== 'child')
         require('node:child_process').spawn(
           process.execPath, [__filename, '${mark}', 'child'], { stdio: 'inherit' });
       ${waiting}`,
    );
    let said = '';
    const onStdout = (data: Buffer) => (said += data.toString());
    const { ended, end } = startWindowsNode(['pinned.js', mark], {
      ...{ cwd: scripts.folder, processor, onStdout },
    });
    await expect.poll(() => said, { timeout: 20_000 }).toBe('ready\nready\n');
    expect(processesNaming(mark).map(allowed)).toEqual([processor, processor].map(String));
    end('SIGTERM');
    await ended;
  });
});

/** The processes of this machine whose arguments contain the mark, except the runner. */
function processesNaming(mark: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    const line = commandLine(pid);
    return line.includes(mark) && !line.includes(runner);
  });
}

/** Whether the kernel runs a process with ADDR_NO_RANDOMIZE. */
function isFixed(pid: string): boolean {
  const personality = parseInt(readFileSync(`/proc/${pid}/personality`, 'utf8'), 16);
  return (personality & 0x40000) !== 0;
}

/** The processors that a process may run on, as the kernel lists them. */
function allowed(pid: string): string | undefined {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return /^Cpus_allowed_list:\t(.*)$/m.exec(status)?.[1];
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
