// SPDX-License-Identifier: MIT
//
// The programs of the guide to BITS run as they are, but on the recorder: no BITS here has what they show.

import { X509Certificate } from 'node:crypto';
import { BackgroundCopyManager } from 'dosvc';
import { describe, expect } from 'vitest';
import { iidOf, rowAt } from '../facts/facts.js';
import { programsOf } from '../guides/programs.js';
import { selfSigned } from '../http/certificate.js';
import { uint64 } from '../recorder/plan.js';
import { RecordedSink, type SinkArgument } from '../recorder/recorder.js';
import { clsid } from '../recorder/scene.js';
import { eventually, it, type LibraryScene, type Recorded } from './library-scene.js';
import { callBack, enter, move, settled } from './recorded-sink.js';
import { writtenBytes, writtenObject, writtenText } from './written.js';

const setCheck = 'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface';
const programs = programsOf('docs/uploads-and-checks.md');
const [url, file] = ['https://example.com/a', 'C:\\file'];

/** Runs a program on the recorder, with names that it uses. Resolves to what it prints. */
async function run(heading: string, given: Record<string, unknown>): Promise<string[]> {
  const program = programs.find((one) => one.heading === heading);
  if (program === undefined) throw new Error(`the guide has no program under ${heading}`);
  const source = program.source
    .replaceAll(/^import .+$/gm, '')
    .replace("{ service: 'bits' }", `{ service: '{${clsid}}', pollInterval: 20 }`);
  const printed: string[] = [];
  const all = {
    ...{ BackgroundCopyManager, Buffer, X509Certificate, url, file },
    console: { log: (text: string) => printed.push(text) },
    ...given,
  };
  const body = `return (async () => {${source}})();`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the program is ours
  const start = new Function(...Object.keys(all), body) as (...args: unknown[]) => Promise<void>;
  await start(...Object.values(all));
  return printed;
}

/** The program creates this job. */
function created(scene: LibraryScene, { object }: Recorded): void {
  scene.tell(scene.root, 'IBackgroundCopyManager::CreateJob', {
    steps: [writtenBytes(2, Buffer.alloc(16, 7)), writtenObject(3, object, 'IBackgroundCopyJob')],
  });
}

async function resumed(scene: LibraryScene): Promise<void> {
  await eventually(() => {
    expect(scene.calls('IBackgroundCopyJob::Resume')).toHaveLength(1);
  });
}

describe('the documented program runs:', () => {
  it('Uploads', async ({ scene, recorded }) => {
    created(scene, recorded);
    const data = Buffer.from('reply');
    scene.tell(recorded.object, 'IBackgroundCopyJob2::GetReplyData', {
      steps: [{ kind: 'writeMemory', argument: 0, data }, writtenBytes(1, uint64(data.length))],
    });
    enter(scene, recorded, 'QUEUED');
    const running = run('Uploads', {});
    await resumed(scene);
    move(scene, recorded, 10);
    enter(scene, recorded, 'TRANSFERRED');
    expect(await running).toEqual(['reply']);
    expect(scene.calls('IBackgroundCopyJob::Complete')).toHaveLength(1);
  });

  it.for([true, false])('Validate files as they arrive: %s', async (valid, { scene, recorded }) => {
    created(scene, recorded);
    const { object } = recorded;
    const arrived = scene.object();
    const getName = 'IBackgroundCopyFile3::GetTemporaryName';
    scene.tell(arrived, getName, { steps: [writtenText(0, 'C:\\tmp')] });
    enter(scene, recorded, 'QUEUED');
    const checked: unknown[] = [];
    let decide: (valid: boolean) => void = () => undefined;
    const verdict = new Promise<boolean>((resolve) => (decide = resolve));
    const isValid = (name: unknown) => {
      checked.push(name);
      return verdict;
    };
    const running = run('Validate files as they arrive', { isValid });
    await resumed(scene);
    const sink = scene.sinks().at(-1);
    const given: SinkArgument[] = [
      { object, iid: iidOf('IBackgroundCopyJob') },
      { object: arrived, iid: iidOf('IBackgroundCopyFile') },
    ];
    expect(await sink?.call(rowAt('IBackgroundCopyCallback2::FileTransferred'), given)).toBe(0);
    await eventually(() => {
      expect(checked).toEqual(['C:\\tmp']);
    });
    // The check takes longer than the transfer.
    enter(scene, recorded, 'TRANSFERRED');
    if (sink) await callBack(sink, recorded, 'JobTransferred');
    await settled(recorded);
    expect(scene.calls('IBackgroundCopyJob::Complete')).toEqual([]);
    decide(valid);
    if (valid) await running;
    else await expect(running).rejects.toThrow('A file is not valid.');
    const [state] = scene.calls('IBackgroundCopyFile3::SetValidationState');
    expect(state).toMatchObject({ object: arrived.number });
    expect(Number(BigInt.asUintN(32, BigInt(state?.arguments[0] ?? -1)))).toBe(Number(valid));
    expect(scene.calls('IBackgroundCopyJob::Complete')).toHaveLength(Number(valid));
    expect(scene.calls('IBackgroundCopyJob::Cancel')).toHaveLength(Number(!valid));
  });

  it("Check the server's certificate", async ({ scene, recorded }) => {
    created(scene, recorded);
    const { object } = recorded;
    scene.tell(object, setCheck, { steps: [{ kind: 'keepSink', argument: 0 }] });
    enter(scene, recorded, 'QUEUED');
    const [good, bad] = [selfSigned('good.test').der, selfSigned('bad.test').der];
    const pinned = [new X509Certificate(good).fingerprint256];
    const running = run("Check the server's certificate", { pinned });
    await resumed(scene);
    const [copy] = scene.calls(setCheck).flatMap(({ copies }) => copies);
    const sink = new RecordedSink(Number(copy));
    const ask = (leaf: Buffer) => {
      const validate =
        'IBackgroundCopyServerCertificateValidationCallback::ValidateServerCertificate';
      const given: SinkArgument[] = [
        { object, iid: iidOf('IBackgroundCopyJob') },
        { object, iid: iidOf('IBackgroundCopyFile') },
        ...[leaf.length, leaf, 1, 1, Buffer.from([0])],
      ];
      return sink.call(rowAt(validate), given);
    };
    expect(await ask(good)).toBe(0);
    expect(await ask(bad)).not.toBe(0);
    enter(scene, recorded, 'TRANSFERRED');
    await running;
    sink.drop();
  });
});

it('the guide has no other programs', () => {
  expect(programs).toHaveLength(3);
});
