// SPDX-License-Identifier: MIT
// ending.mjs ENDING WITH ID SERVICE: does something with a job, prints 'ready', and ends in one of
// the ways in which a program, or a worker of it, can end. SERVICE: the options of connect(), as
// JSON.

import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { BackgroundCopyManager } from 'dosvc';

const [ending = '', having = '', id = '', service = ''] = process.argv.slice(2);
const options = { ...JSON.parse(service), pollInterval: 50 };

async function endHere() {
  const manager = await BackgroundCopyManager.connect(options);
  const job = await manager.getJob(id);
  await begin[having](job);
  if (parentPort) parentPort.postMessage('ready');
  else console.log('ready');
  switch (ending) {
    case 'return':
      return;
    case 'exit':
      process.exit(7);
      break;
    case 'throw':
      setImmediate(() => {
        throw new Error('thrown at the end');
      });
      break;
    case 'reject':
      void Promise.reject(new Error('rejected at the end'));
      break;
    case 'killed':
      setInterval(() => {}, 1000);
  }
}

const begin = {
  nothing: async () => {},
  /** The call is answered when the test lets the service continue; more calls wait behind it. */
  'a call': async (job) => {
    const cancelled = job.cancel();
    const calls = [cancelled, ...Array.from({ length: 10 }, () => job.getState())];
    void Promise.all(calls).then(([{ code }]) => console.log(`cancelled: ${code}`));
    // Another manager's calls have been answered meanwhile, so the call has reached the service.
    const manager = await BackgroundCopyManager.connect(options);
    for (let round = 0; round < 10; round++) await manager.getJob(id);
  },
  /** The service asks about a certificate, and gets no answer. */
  'a question': async (job) => {
    // The function does not keep Node alive.
    const alive = setInterval(() => {}, 1000);
    await new Promise((asked, failed) => {
      const check = {
        validateServerCertificate: () => {
          asked();
          return new Promise(() => {});
        },
      };
      job.setServerCertificateValidationInterface(check).catch(failed);
    });
    clearInterval(alive);
  },
  'a listener': async (job) => {
    job.on('transferred', () => {}).on('error', () => {});
    job.on('progress', () => {});
    // A subscription is made before later calls run.
    await job.getState();
  },
};

async function endWorker(inner) {
  const manager = await BackgroundCopyManager.connect(options);
  const worker = new Worker(fileURLToPath(import.meta.url), {
    argv: [inner, having, id, service],
  });
  worker.on('error', (error) => console.log(`error of the worker: ${error.message}`));
  const exit = new Promise((resolve) => worker.on('exit', resolve));
  await new Promise((resolve) => worker.on('message', resolve));
  console.log('ready');
  if (inner === 'killed') void worker.terminate();
  const status = await exit;
  console.log(`status of the worker: ${status}`);
  // Whatever happened to the job, the service answers.
  await manager.getJob('00000000-0000-4000-8000-000000000000').catch(({ code }) => {
    console.log(`main goes on: ${code}`);
  });
}

if (isMainThread && ending.startsWith('worker ')) await endWorker(ending.replace('worker ', ''));
else await endHere();
