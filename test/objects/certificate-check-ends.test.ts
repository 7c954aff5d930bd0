// SPDX-License-Identifier: MIT
//
// A question about a certificate that waits while its JavaScript environment ends, in whichever way, is
// answered no at once; so is one that comes afterwards. The function does not keep the environment alive.

import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import { hresultOf, iidOf, rowAt } from '../facts/facts.js';
import { RecordedSink, type SinkArgument } from '../recorder/recorder.js';
import { clsid } from '../recorder/scene.js';
import { it } from './library-scene.js';
import { writtenObject } from './written.js';

const setInterface = 'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface';
const validate = rowAt(
  'IBackgroundCopyServerCertificateValidationCallback::ValidateServerCertificate',
);
const library = createRequire(import.meta.url).resolve('dosvc');

/** Sets a function that answers never, and ends so when it is asked. */
const program = (ending: string) => `
  const { parentPort, workerData } = require('node:worker_threads');
  const { BackgroundCopyManager } = require(workerData.library);
  void (async () => {
    const manager = await BackgroundCopyManager.connect({ service: workerData.service });
    const job = await manager.getJob(workerData.id);
    const alive = setInterval(() => {}, 1000);
    await job.setServerCertificateValidationInterface({
      validateServerCertificate() {
        clearInterval(alive);
        parentPort.postMessage('asked');
        ${ending};
        return new Promise(() => {});
      },
    });
    parentPort.postMessage('set');
  })();`;

it.for([
  ['returns', '', 0],
  ['exits', 'process.exit(3)', 3],
  ['fails', "setImmediate(() => { throw new Error('planted'); })", 1],
  ['is terminated', 'setInterval(() => {}, 1000)', 1],
] as const)('in a worker that %s', async ([how, ending, status], { scene, recorded }) => {
  const { object, job } = recorded;
  scene.tell(object, setInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
  const lastSink = () => {
    const copies = scene.calls(setInterface).flatMap((call) => call.copies);
    return new RecordedSink(Number(copies.at(-1)));
  };
  await job.setServerCertificateValidationInterface({
    validateServerCertificate: () => new Promise(() => undefined),
  });
  const unanswered = lastSink();
  const given: SinkArgument[] = [
    { object, iid: iidOf('IBackgroundCopyJob') },
    { object, iid: iidOf('IBackgroundCopyFile') },
    ...[1, Buffer.from([0x30]), 1, 1, Buffer.from([0])],
  ];
  // This question is asked first, so its ten seconds run out first. While it is open, no timeout has ended
  // the other one.
  let late = false;
  const earlier = unanswered.call(validate, given).then(() => (late = true));

  scene.tell(scene.root, 'IBackgroundCopyManager::GetJob', {
    steps: [writtenObject(1, object, 'IBackgroundCopyJob')],
  });
  const workerData = { library, service: `{${clsid}}`, id: job.id };
  const worker = new Worker(program(ending), { eval: true, workerData });
  const failed = once(worker, 'error').catch(() => undefined);
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  expect(await once(worker, 'message')).toEqual(['set']);
  const sink = lastSink();

  const heard = once(worker, 'message');
  const asked = sink.call(validate, given);
  expect(await heard).toEqual(['asked']);
  if (how === 'is terminated') void worker.terminate();
  if (how === 'fails') expect(await failed).toMatchObject([{ message: 'planted' }]);
  expect(await exited).toBe(status);
  expect(await asked).toBe(hresultOf('E_ABORT'));
  expect(late).toBe(false);
  expect(await sink.call(validate, given)).toBe(hresultOf('E_ABORT'));

  await job.setServerCertificateValidationInterface(null);
  await earlier;
  unanswered.drop();
  sink.drop();
});
