// SPDX-License-Identifier: MIT
// The lock of a set-up or a build: of processes that contend for it, one at a time has it, also when
// some are killed with it; and one that finds everything done does not wait for it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';

const tools = join(import.meta.dirname, '../../tools');
let clone: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'dosvc-lock-'));
  for (const name of ['clone.mjs', 'setup/lock.mjs', 'setup/step.mjs']) {
    cpSync(join(tools, name), join(clone, 'tools', name));
  }
  mkdirSync(join(clone, '.win'));
});

afterEach(() => {
  rmSync(clone, { recursive: true });
});

/** A process of the clone that has the lock while the body runs. */
function start(body: string) {
  const program = `
    import { appendFileSync, rmdirSync, mkdirSync } from 'node:fs';
    import { alone } from './tools/setup/lock.mjs';
    import { carryOutAlone } from './tools/setup/step.mjs';
    const log = (line) => appendFileSync('log', line + '\\n');
    ${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: clone,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const ended = Promise.all([exit, text(child.stderr)]);
  return { child, ended: ended.then(([[status, signal], said]) => ({ status, signal, said })) };
}

const log = () => readFileSync(join(clone, 'log'), 'utf8').trim().split('\n');

it('is held by one process at a time, even if holders are killed', async () => {
  // mkdir fails if another process is inside. A killed process leaves the folder to the next.
  const body = `
    for (let round = 0; round < 100; round++) {
      await alone(async () => {
        try { mkdirSync('inside'); } catch { log('overlap'); }
        await new Promise((resolve) => setImmediate(resolve));
        rmdirSync('inside');
        if (process.argv[1] === String(round)) process.kill(process.pid, 'SIGKILL');
      });
    }
    log('done');`;
  const started = [undefined, undefined, 5, 20, 50].map((dies) =>
    start(body.replace('process.argv[1]', JSON.stringify(String(dies)))),
  );
  const endings = await Promise.all(started.map(({ ended }) => ended));
  expect(log()).toEqual(['done', 'done']);
  expect(endings.map(({ said }) => said.replaceAll(/^Waiting for process \d+,.*\n/gm, ''))).toEqual(
    endings.map(() => ''),
  );
  expect(endings.map(({ signal }) => signal)).toEqual([
    null,
    null,
    'SIGKILL',
    'SIGKILL',
    'SIGKILL',
  ]);
  // The last holder may have been killed.
  expect(readdirSync(join(clone, '.win')).filter((name) => name !== 'lock')).toEqual([]);
});

it('is waited for in silence at first; then its holder is named', async () => {
  const holder = start(
    `await alone(() => { log('held'); return new Promise(() => setInterval(() => {}, 1000)); });`,
  );
  await expect.poll(() => existsSync(join(clone, 'log')), { timeout: 20_000 }).toBe(true);
  const waiter = start(`await alone(() => log('next'));`);
  const name = `process ${String(holder.child.pid)}`;
  const [said] = (await once(waiter.child.stderr, 'data')) as [Buffer];
  expect(said.toString()).toBe(
    `Waiting for ${name}, which is setting up or building this clone …\n`,
  );
  holder.child.kill('SIGKILL');
  expect((await waiter.ended).status).toBe(0);
  expect(log()).toEqual(['held', 'next']);
});

it('is not taken if every step is done', async () => {
  const step = `{ what: 'making', folder: '.', files: [], make: () => log('made') }`;
  const first = start(`await carryOutAlone([${step}]);`);
  expect((await first.ended).said).toBe('making\n');
  // A process that lives holds the lock.
  mkdirSync(join(clone, '.win/lock'));
  writeFileSync(join(clone, '.win/lock', String(process.pid)), '');
  const second = start(`await carryOutAlone([${step}]);`);
  expect(await second.ended).toEqual({ status: 0, signal: null, said: '' });
  expect(log()).toEqual(['made']);
});

it('of a process that has ended is taken over, also one of an earlier version', async () => {
  mkdirSync(join(clone, '.win/lock'));
  writeFileSync(join(clone, '.win/lock/pid'), '1');
  appendFileSync(join(clone, 'log'), '');
  expect((await start(`await alone(() => log('taken'));`).ended).status).toBe(0);
  expect(log()).toEqual(['taken']);
});
