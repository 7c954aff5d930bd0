// SPDX-License-Identifier: MIT
// finish.mjs SERVICE ID [cancel]: waits until a job is transferred, and completes it. Prints the job as
// JSON, or its error as JSON on stderr, and then exits with 3. Ctrl+C ends the wait: the job is
// cancelled or goes on, and the exit status is 130.

import { BackgroundCopyManager } from 'dosvc';

const [service, id = '', onInterrupt] = process.argv.slice(2);
const interrupted = new AbortController();
process.once('SIGINT', () => {
  console.error('interrupted');
  interrupted.abort();
});
const manager = await BackgroundCopyManager.connect({ service, pollInterval: 50 });
try {
  const job = await manager.getJob(id);
  try {
    console.error('waiting');
    await job.wait({ signal: interrupted.signal });
    await job.complete();
    console.log(JSON.stringify(await job.snapshot()));
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    if (onInterrupt === 'cancel') await job.cancel();
    process.exitCode = 130;
  }
} catch (error) {
  console.error(JSON.stringify(error));
  process.exitCode = 3;
}
await manager.close();
