// SPDX-License-Identifier: MIT
// Processes that end with something left: each is a child process of the same runtime.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertContent, connect } from './scene.mjs';
import { withHangingClass } from './hanging-class.mjs';

const program = fileURLToPath(new URL('programs/ending.mjs', import.meta.url));
const size = 100_000;
// A process that does not end by itself is killed, which its status shows.
const limit = 20_000;

/** Runs the program to its end: its exit status, and what it printed. */
async function ending(folder, ...args) {
  // Under Wine, Node cannot open a pipe as its stdout, but it can open a file.
  const [out, err] = ['stdout', 'stderr'].map((name) => join(folder, `${args[0]}.${name}`));
  const fds = [openSync(out, 'w'), openSync(err, 'w')];
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', ...fds],
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  for (const fd of fds) closeSync(fd);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', (code, signal) => resolve(signal ?? code));
  });
  const [stdout, stderr] = [out, err].map((file) => readFileSync(file, 'utf8').trim());
  // A runtime may have messages of its own; a failure shows in the status.
  if (stderr) console.error(stderr);
  return { status, stdout };
}

/** @param {import('./scene.mjs').Scene} scene */
export async function endings(scene) {
  const { check, folder, url } = scene;
  const file = join(folder, 'listener');

  await check('a process with a listener ends by itself, and its job goes on', async () => {
    const manager = await connect('bits');
    const { status, stdout } = await ending(
      ...[folder, 'listener', `${url}/held/${size}/listener`, file],
    );
    assert.equal(status, 0);
    const job = await manager.getJob(stdout);
    scene.letGo('listener');
    await job.wait();
    await job.complete();
    assertContent(file, size, 'listener');
    await manager.close();
  });

  await check('a process with a call that hangs ends by itself', () =>
    withHangingClass(folder, async (clsid) => {
      const end = await ending(folder, 'hung', clsid, folder);
      assert.deepEqual(end, { status: 0, stdout: 'ERR_DOSVC_CALL_TIMEOUT' });
    }),
  );

  await check('process.exit() ends a process with calls in progress', () =>
    withHangingClass(folder, async (clsid) => {
      const end = await ending(folder, 'exit', clsid, folder);
      assert.deepEqual(end, { status: 7, stdout: 'pending' });
    }),
  );
}
