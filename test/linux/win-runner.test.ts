// SPDX-License-Identifier: MIT
// `npm run win`: what a script under the Windows Node says and how it ends reach the caller.

import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orphanedLocksLibrary } from '../../tools/clone.mjs';
import { processors } from '../../tools/test/processors.mjs';
import { startWindowsNode } from '../../tools/win/run.mjs';

const clone = join(import.meta.dirname, '../..');
const runner = join(clone, 'tools/win.mjs');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc runner '));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Run {
  child: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves when stdout has the text. */
  said: (text: string) => Promise<void>;
  ended: Promise<{ status: number | null; stdout: Buffer; stderr: string }>;
}

function start(file: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Run {
  return follow(spawnRunner(process.execPath, [runner, file, ...args], env));
}

function spawnRunner(command: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  return spawn(command, args, {
    cwd: folder,
    detached: true,
    env: { ...process.env, ...env, npm_lifecycle_event: '', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function follow(child: Run['child']): Run {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => out.push(data));
  child.stderr.on('data', (data: Buffer) => err.push(data));
  const ended = new Promise<Awaited<Run['ended']>>((resolve) => {
    child.on('close', (status) => {
      resolve({ status, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() });
    });
  });
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (Buffer.concat(out).includes(text)) resolve();
      };
      child.stdout.on('data', look);
      child.on('close', () => {
        reject(new Error(`ended without saying ${text}: ${Buffer.concat(err).toString()}`));
      });
      look();
    });
  return { child, said, ended };
}

/** Writes a script outside the clone and runs it. */
function startScript(name: string, source: string, args?: string[], env?: NodeJS.ProcessEnv) {
  writeFileSync(join(folder, name), source);
  return start(name, args, env);
}

async function run(name: string, source: string, args?: string[], env?: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = await startScript(name, source, args, env).ended;
  return { status, stdout: stdout.toString(), stderr };
}

describe('output', () => {
  it('passes a line on before the script ends', async () => {
    const { child, said, ended } = startScript(
      'streams.js',
      `console.log('first'); process.on('SIGINT', () => { console.log('second'); process.exit(); });
       setInterval(() => {}, 1000);`,
    );
    await said('first');
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    expect((await ended).stdout.toString()).toBe('first\nsecond\n');
  });

  it('keeps stderr apart', async () => {
    const result = await run('apart.js', `console.log('to out'); console.error('to err');`);
    expect(result).toEqual({ status: 0, stdout: 'to out\n', stderr: 'to err\n' });
  });

  it('loses nothing of 5 MB', async () => {
    const { ended } = startScript(
      'much.js',
      `const block = Buffer.alloc(5000);
       for (let i = 0; i < 1000; i++) process.stdout.write(block.fill(i % 251));`,
    );
    const { stdout } = await ended;
    const expected = Buffer.concat(
      Array.from({ length: 1000 }, (_, i) => Buffer.alloc(5000, i % 251)),
    );
    const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex');
    expect(stdout.length).toBe(expected.length);
    expect(hash(stdout)).toBe(hash(expected));
  });

  it('ends with its reader', async () => {
    const { child, said, ended } = startScript(
      'endless.js',
      `setInterval(() => console.log('x'), 5)`,
    );
    await said('x');
    child.stdout.destroy();
    expect((await ended).status).toBe(141);
  });
});

describe('exit status', () => {
  it.each([
    ['the end', '', 0],
    ['process.exit', 'process.exit(3)', 3],
    ['the highest', 'process.exit(255)', 255],
    ['an uncaught error', 'throw new Error("planted")', 1],
    ['a status whose low byte is 0', 'process.exit(256)', 1],
    ['abort', 'process.abort()', 134],
  ])('of %s', async (_, source, status) => {
    expect((await run('ends.js', source)).status).toBe(status);
  });

  it('of a killed process is not 0', async () => {
    const { status } = await run('killed.js', `process.kill(process.pid, 'SIGKILL')`);
    expect(status).not.toBe(0);
  });
});

/** Runs until it is ended. */
const waiting = `console.log('ready'); setInterval(() => {}, 1000);`;

describe('signals', () => {
  it('SIGINT reaches a handler, whose exit status counts', async () => {
    const { child, said, ended } = startScript(
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
    const { child, said, ended } = startScript('waits.js', waiting);
    await said('ready');
    child.kill(signal);
    expect((await ended).status).toBe(status);
  });

  it('SIGTERM ends all that the script started', async () => {
    const mark = `dosvc-runner-test-${String(process.pid)}`;
    const { child, said, ended } = startScript(
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
      join(folder, 'under-npm.js'),
      `process.on('SIGINT', () => { console.log('handled'); process.exit(); }); ${waiting}`,
    );
    const npm = ['--prefix', clone, 'run', '--silent', 'win', '--', 'under-npm.js'];
    const { child, said, ended } = follow(spawnRunner('npm', npm));
    await said('ready');
    process.kill(oneOrGroup * Number(child.pid), signal);
    expect((await ended).stdout.toString()).toBe('ready\nhandled\n');
  });

  it('a killed runner takes the script with it', async () => {
    const mark = `dosvc-runner-kill-${String(process.pid)}`;
    const { child, said } = startScript('left.js', waiting, [mark]);
    await said('ready');
    child.kill('SIGKILL');
    await expect.poll(() => processesNaming(mark), { timeout: 20_000 }).toEqual([]);
  });
});

describe('Wine', () => {
  // Where a container forbids it, they cannot be.
  const permitted = spawnSync('setarch', ['-R', 'true']).status === 0;

  it('has fixed addresses and our library, also in what a script starts', async () => {
    const mark = `dosvc-runner-fixed-${String(process.pid)}`;
    const { child, said, ended } = startScript(
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
});

describe('a processor', () => {
  it('that was given is the only one of the script, and of what it starts', async () => {
    const mark = `dosvc-runner-pinned-${String(process.pid)}`;
    const [processor = 0] = processors().slice(-1);
    writeFileSync(
      join(folder, 'pinned.js'),
      `if (process.argv[3] !== 'child')
         require('node:child_process').spawn(
           process.execPath, [__filename, '${mark}', 'child'], { stdio: 'inherit' });
       ${waiting}`,
    );
    let said = '';
    const onStdout = (data: Buffer) => (said += data.toString());
    const { ended, end } = startWindowsNode(['pinned.js', mark], {
      ...{ cwd: folder, processor, onStdout },
    });
    await expect.poll(() => said, { timeout: 20_000 }).toBe('ready\nready\n');
    expect(processesNaming(mark).map(allowed)).toEqual([processor, processor].map(String));
    end('SIGTERM');
    await ended;
  });
});

describe('the script', () => {
  it('gets its arguments as they are, in the folder of the caller', async () => {
    const args = ['a b', '', 'quote"d', "it's", 'back\\slash\\', 'ünïcode €', '--flag', '*'];
    const { stdout } = await run(
      'arguments.js',
      'console.log(JSON.stringify([process.argv.slice(2), process.cwd(), process.platform]))',
      args,
    );
    expect(JSON.parse(stdout)).toEqual([args, `Z:${folder.replaceAll('/', '\\')}`, 'win32']);
  });

  it.each(['22', '20'])('finds this build from outside the clone, in Node %s', async (node) => {
    const found = `require.resolve('dosvc/package.json')`;
    const { status, stdout, stderr } = await run(
      'finds.cjs',
      `console.log('version', process.versions.node.split('.')[0]);
       console.log('require', ${found});
       const { Worker } = require('node:worker_threads');
       const worker = (source) => new Promise((end) => new Worker(source, { eval: true }).on('exit', end));
       const child = () => require('node:child_process').spawnSync(process.execPath,
         ['-e', "process.exit(require('dosvc/package.json').name === 'dosvc' ? 7 : 1)"]).status;
       import('dosvc/package.json', { with: { type: 'json' } })
         .then((own) => console.log('import', own.default.name))
         .then(() => worker("console.log('worker', " + ${JSON.stringify(found)} + ')'))
         .then(() => console.log('child', child()));`,
      [],
      { DOSVC_NODE: node },
    );
    const manifest = `Z:${join(clone, 'package.json').replaceAll('/', '\\')}`;
    expect(stderr.replace(/^.*ExperimentalWarning.*\n.*\n/, '')).toBe('');
    expect(stdout.split('\n')).toEqual([
      `version ${node}`,
      `require ${manifest}`,
      'import dosvc',
      `worker ${manifest}`,
      'child 7',
      '',
    ]);
    expect(status).toBe(0);
  });

  it('is told which package is missing, if it is another', async () => {
    const { status, stderr } = await run('misses.js', `require('dosvcx')`);
    expect(status).toBe(1);
    expect(stderr).toContain(`Cannot find module 'dosvcx'`);
  });
});

/** The processes of this machine that have this among their arguments, but the runner. */
function processesNaming(mark: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    const line = commandLine(pid);
    return line.includes(mark) && !line.includes(runner);
  });
}

/** How the kernel was told to run a process: ADDR_NO_RANDOMIZE is among it. */
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
