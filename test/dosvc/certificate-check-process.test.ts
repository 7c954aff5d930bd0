// SPDX-License-Identifier: MIT
// A process or a worker that ends while a service waits for its answer about a certificate: it ends at
// once, and the service's call fails. The service is the recorder in this process. Its calls reach the
// other process by RPC; under Wine, through the stand-in's proxies.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager } from 'dosvc';
import { expect, test } from 'vitest';
import { hresultOf, iidOf, rowAt } from '../facts/facts.js';
import { start } from '../processes/child.js';
import { expectEnd, ways } from '../processes/ways.js';
import { guidBytes } from '../recorder/plan.js';
import { clsid } from '../recorder/recorded-class.js';
import { RecordedObject, RecordedSink, setRoot, takeJournal } from '../recorder/recorder.js';
import { writtenObject } from '../recorder/taken.js';

const getJob = rowAt('IBackgroundCopyManager::GetJob');
const setInterface = rowAt(
  'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface',
);
const validate = rowAt(
  'IBackgroundCopyServerCertificateValidationCallback::ValidateServerCertificate',
);
const service = `{${clsid}}`;

/** What the service gets: the library's answer, or what COM makes of the end of the process. */
const aborted = hresultOf('E_ABORT');
const broken = hresultOf('HRESULT_FROM_WIN32(RPC_S_CALL_FAILED)');
function answersTo(ending: string): number[] {
  if (ending.startsWith('worker ')) return [aborted];
  // A process that returns still answers, if it comes to that.
  return ending === 'return' ? [aborted, broken] : [broken];
}

/** The recorder has one job, whatever its id is, and keeps the callback objects that it gets. */
function recorded() {
  takeJournal();
  const [root, object] = [new RecordedObject(), new RecordedObject()];
  setRoot(root);
  root.tell(getJob, { steps: [writtenObject(1, object, 'IBackgroundCopyJob')] });
  object.deny(iidOf('IDeliveryOptimizationJob'));
  object.tell(rowAt('IBackgroundCopyJob::GetId'), {
    steps: [{ kind: 'writeBytes', argument: 0, data: guidBytes(randomUUID()) }],
  });
  object.tell(setInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
  return { root, object };
}

/** The next callback object that is set. */
async function nextSink(): Promise<RecordedSink> {
  const numbers: string[] = [];
  await expect
    .poll(() => {
      const calls = takeJournal().filter((entry) => entry.event === 'call');
      const setting = calls.filter(({ iid, slot }) => {
        return iid === setInterface.iid && slot === setInterface.slot;
      });
      numbers.push(...setting.flatMap(({ copies }) => copies));
      return numbers;
    })
    .toHaveLength(1);
  return new RecordedSink(Number(numbers[0]));
}

test.for(ways)('the end in the middle of a question: $ending', async (way) => {
  const { ending } = way;
  const { root, object } = recorded();
  const ask = (sink: RecordedSink) =>
    sink.call(validate, [
      { object, iid: iidOf('IBackgroundCopyJob') },
      { object, iid: iidOf('IBackgroundCopyFile') },
      ...[1, Buffer.from([0x30]), 1, 1, Buffer.from([0])],
    ]);

  await using manager = await BackgroundCopyManager.connect({ service, pollInterval: 600_000 });
  const job = await manager.getJob(randomUUID());
  await job.setServerCertificateValidationInterface({
    validateServerCertificate: () => new Promise(() => undefined),
  });
  const unanswered = await nextSink();
  const child = start('ending.mjs', [ending, 'a question', job.id, JSON.stringify({ service })]);
  const sink = await nextSink();
  // This question is asked first, so its ten seconds run out first. While it is open, no timeout has ended
  // the other one.
  let late = false;
  const earlier = ask(unanswered).then(() => (late = true));
  await sleep(500);
  // The process of a worker ends only when the question has been answered.
  const unknown = { hresult: hresultOf('BG_E_NOT_FOUND') };
  root.tell(getJob, { ...unknown, held: true });
  const asked = ask(sink);
  await child.said('ready');
  if (ending === 'killed') child.process.kill();
  expect(answersTo(ending)).toContain(await asked);
  root.tell(getJob, unknown);
  root.letGo();
  expectEnd(await child.ended, way, 'BG_E_NOT_FOUND');
  expect(late).toBe(false);

  await manager.close();
  await earlier;
  unanswered.drop();
  sink.drop();
});
