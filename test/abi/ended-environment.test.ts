// SPDX-License-Identifier: MIT
//
// A service may hold a callback object after its environment has ended: the callback then answers
// E_ABORT and keeps nothing that the service passes to it.

import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RecordedSink, SinkArgument } from '../recorder/recorder.js';
import { hresultOf, iidOf, rowAt } from '../facts/facts.js';
import { clsid, Scene } from '../recorder/scene.js';
import { streams, writeSlot } from '../facts/stream-slots.js';

const addon = createRequire(import.meta.url).resolve(
  `../../prebuilds/win32-${process.arch}/dosvc.node`,
);

interface Case {
  kind: string;
  row: string;
  /** The arguments, as source text for the worker. */
  args: string;
  /** Where the recorder finds the sink. */
  argument: number;
  behind?: boolean;
  offset?: number;
  method: { iid: string; slot: number };
  given: SinkArgument[];
}

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open('IDOManager');
});

afterEach(async () => {
  await scene.close();
});

/** Hands in a sink from a worker, and waits until the worker has ended. */
async function handIn(kind: string, row: string, args: string): Promise<RecordedSink> {
  const program = `
    const { workerData } = require('node:worker_threads');
    const { addon, clsid, kind, row } = workerData;
    const binding = require(addon);
    void (async () => {
      const { value } = await binding.connect([clsid, 'IDOManager'], 20_000);
      const sink = { handle: binding.subscribe(kind, value.handle, null) };
      await binding.invoke(value.handle, row, ${args}, 20_000);
    })();`;
  const worker = new Worker(program, { eval: true, workerData: { addon, clsid, kind, row } });
  expect(await once(worker, 'exit')).toEqual([0]);
  const sinks = scene.calls(row).map(({ copies: [copy] }) => scene.sink(copy));
  return sinks.at(-1) ?? expect.unreachable('no sink came');
}

const inVariant = { row: 'IDODownload::SetProperty', argument: 1, behind: true, offset: 8 };
const jobsSink: Case = {
  kind: 'job',
  row: 'IBackgroundCopyJob::SetNotifyInterface',
  argument: 0,
  args: '[sink]',
  method: rowAt('IBackgroundCopyCallback::JobError'),
  given: [0, 0],
};
const ofFiles = [
  ['IBackgroundCopyCallback2::FileTransferred', [0, 0]],
  ['IBackgroundCopyCallback3::FileRangesTransferred', [0, 0, 0, 0]],
] as const;
const cases: Case[] = [
  jobsSink,
  ...ofFiles.map(([row, given]) => ({ ...jobsSink, method: rowAt(row), given: [...given] })),
  {
    kind: 'status',
    ...inVariant,
    args: '[8, { vt: 13, value: sink }]',
    method: rowAt('IDODownloadStatusCallback::OnStatusChange'),
    given: [0, Buffer.alloc(40)],
  },
  {
    kind: 'stream',
    ...inVariant,
    args: '[14, { vt: 13, value: sink }]',
    method: { iid: streams.ISequentialStream, slot: writeSlot },
    given: [Buffer.alloc(4), 4, 0],
  },
  {
    kind: 'certificate',
    row: 'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface',
    argument: 0,
    args: '[sink]',
    method: rowAt('IBackgroundCopyServerCertificateValidationCallback::ValidateServerCertificate'),
    given: [0, 0, 0, 0, 0, 0, 0],
  },
];

it.each(cases)('$kind: answers E_ABORT', async ({ kind, row, args, method, given, ...place }) => {
  scene.tell(scene.root, row, { steps: [{ kind: 'keepSink', ...place }] });
  const sink = await handIn(kind, row, args);
  expect(await sink.call(method, given)).toBe(hresultOf('E_ABORT'));
});

it('job: keeps no file that it is given', async () => {
  const { row, args, argument } = jobsSink;
  scene.tell(scene.root, row, { steps: [{ kind: 'keepSink', argument }] });
  const sink = await handIn('job', row, args);
  const file = scene.object();
  const given = [0, { object: file, iid: iidOf('IBackgroundCopyFile') }];
  expect(await sink.call(rowAt(ofFiles[0][0]), given)).toBe(hresultOf('E_ABORT'));
  expect(file.references).toBe(0);
});

it('job: keeps no error that it is given', async () => {
  const { row, args, method, argument } = jobsSink;
  scene.tell(scene.root, row, { steps: [{ kind: 'keepSink', argument }] });
  const sink = await handIn('job', row, args);
  const error = scene.object();
  const given = [0, { object: error, iid: iidOf('IBackgroundCopyError') }];
  expect(await sink.call(method, given)).toBe(hresultOf('E_ABORT'));
  expect(error.references).toBe(0);
});
