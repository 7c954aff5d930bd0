// SPDX-License-Identifier: MIT
// Jobs on either service: BITS, and Delivery Optimization.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DosvcError, JobError } from 'dosvc';
import { assertContent, connect } from './scene.mjs';

/** @typedef {import('./scene.mjs').Scene} Scene */

const size = 100_000;

/**
 * Runs the body with a new job that has one file, and cancels the job if the body has not ended it.
 * @param {Scene} scene
 * @param {import('dosvc').BackgroundCopyManager} manager
 * @param {string} path how the server sends the file, and its name
 * @param {(job: import('dosvc').BackgroundCopyJob, file: string) => Promise<void>} body
 */
async function withJob(scene, manager, path, body) {
  const [manner, name] = path.split(' ');
  const file = join(scene.folder, name);
  const job = await manager.createJob('dosvc smoke test');
  try {
    await job.addFile(`${scene.url}/${manner}/${size}/${name}`, file);
    await body(job, file);
  } finally {
    // Wine's BITS crashes if it calls a notify interface while that is being withdrawn. Once it has answered
    // this call, any withdrawal that the body began is complete.
    await job.getState().catch(() => {});
    // The BITS of Wine 8 does not cancel a job whose server holds the rest.
    scene.letGo(name);
    await job.cancel().catch(() => {});
  }
}

/** Resolves when the job has transferred some bytes; rejects if it fails. */
async function begun(job) {
  for await (const { bytesTransferred } of job.watch()) if (bytesTransferred > 0) return;
}

/**
 * @param {Scene} scene
 * @param {{ service: 'bits' | 'delivery-optimization', title: string, unknownJob: object }} which
 */
async function jobs(scene, { service, title, unknownJob }) {
  const check = (name, body) =>
    scene.check(`${title}: ${name}`, async () => body(await connecting));
  const connecting = connect(service);
  connecting.catch(() => {});

  await check('an unknown job causes a typed error', async (manager) => {
    const error = await manager.getJob('00000000-0000-4000-8000-000000000000').catch((e) => e);
    assert.ok(error instanceof DosvcError);
    const { code, hresult, operation } = error;
    const expected = { ...unknownJob, operation: 'IBackgroundCopyManager::GetJob' };
    assert.deepEqual({ code, hresult, operation }, expected);
  });

  await check('a job downloads a file, with events', (manager) =>
    withJob(scene, manager, `held ${service}-events`, async (job, file) => {
      const heard = [];
      const half = new Promise((resolve) => {
        job.on('progress', ({ bytesTransferred }) => {
          if (bytesTransferred > 0) resolve(bytesTransferred);
        });
      });
      const end = new Promise((resolve, reject) => {
        job.on('transferred', () => resolve(heard.push('transferred')));
        job.on('error', reject);
      });
      await job.resume();
      const transferred = await Promise.race([half, end]);
      assert.ok(transferred <= size / 2, `${transferred} bytes are there already`);
      scene.letGo(`${service}-events`);
      await job.wait();
      await end;
      assert.equal(existsSync(file), false);
      assert.deepEqual(await job.complete(), { code: 'S_OK', hresult: 0 });
      assertContent(file, size, `${service}-events`);
      assert.deepEqual(heard, ['transferred']);
    }),
  );

  await check('a wait ends by its signal and at its deadline, and the job goes on', (manager) =>
    withJob(scene, manager, `held ${service}-waits`, async (job, file) => {
      await job.resume();
      await begun(job);
      const aborted = new AbortController();
      const waiting = job.wait({ signal: aborted.signal });
      aborted.abort();
      await assert.rejects(waiting, { name: 'AbortError' });
      await assert.rejects(job.wait({ timeout: 100 }), { code: 'ERR_DOSVC_TIMEOUT' });
      assert.equal(await job.getState(), 'transferring');
      scene.letGo(`${service}-waits`);
      await job.wait();
      await job.complete();
      assertContent(file, size, `${service}-waits`);
    }),
  );

  await check('a failed job has the error of the server', (manager) =>
    withJob(scene, manager, `missing ${service}-missing`, async (job) => {
      await job.resume();
      const error = await job.wait().catch((reason) => reason);
      assert.ok(error instanceof JobError);
      assert.equal(error.code, 'BG_E_HTTP_ERROR_404');
      assert.equal(await job.getState(), 'error');
    }),
  );

  await check('a cancelled job leaves no file', (manager) =>
    withJob(scene, manager, `whole ${service}-cancelled`, async (job, file) => {
      const { code } = await job.cancel();
      assert.match(code, /^(S_OK|BG_S_UNABLE_TO_DELETE_FILES)$/);
      assert.equal(await job.getState(), 'cancelled');
      assert.equal(existsSync(file), false);
    }),
  );

  if (service === 'bits') {
    await check('jobs and their files are listed', (manager) =>
      withJob(scene, manager, `whole ${service}-listed`, async (job, file) => {
        const found = (await manager.enumJobs()).find(({ id }) => id === job.id);
        const [listed, ...others] = await found.enumFiles();
        assert.equal(others.length, 0);
        assert.equal((await listed.getLocalName()).toLowerCase(), file.toLowerCase());
      }),
    );
  }

  await connecting.then(
    (manager) => manager.close(),
    () => {},
  );
}

/** @param {Scene} scene */
export function bits(scene) {
  const unknownJob = { code: 'BG_E_NOT_FOUND', hresult: 0x80200001 };
  return jobs(scene, { service: 'bits', title: 'BITS', unknownJob });
}

/** @param {Scene} scene */
export function deliveryOptimization(scene) {
  const unknownJob = { code: 'DO_E_JOB_NOT_FOUND', hresult: 0x80d02003 };
  const title = 'Delivery Optimization';
  return jobs(scene, { service: 'delivery-optimization', title, unknownJob });
}
