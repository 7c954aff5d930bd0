// SPDX-License-Identifier: MIT
//
// A whole upload, and one with a reply, as BITS sees them: Wine's BITS downloads in their place.

import { expect } from 'vitest';
import { enumValue } from '../facts/facts.js';
import { uint32, type Step } from '../recorder/plan.js';
import { eventually, it } from './library-scene.js';
import { callBack, enter, move, sinkOf } from './recorded-sink.js';
import { structBytes, writtenBytes, writtenObject } from './written.js';

const createJob = 'IBackgroundCopyManager::CreateJob';
const addFile = 'IBackgroundCopyJob::AddFile';
const text = (argument: number): Step => ({ kind: 'copyText', argument });
const wide = (value: string) => Buffer.from(value, 'utf16le').toString('hex');
const bytes = (argument: number, length: number): Step => ({
  kind: 'copyBytes',
  argument,
  data: uint32(length),
});

it.for(['upload', 'upload-reply'] as const)(
  'a job of the type %s goes its whole way',
  async (type, { scene, recorded }) => {
    const { object } = recorded;
    scene.tell(scene.root, createJob, {
      steps: [
        text(0),
        writtenBytes(2, Buffer.alloc(16, 7)),
        writtenObject(3, object, 'IBackgroundCopyJob'),
      ],
    });
    const job = await scene.manager.createJob('an upload', type);
    const [created] = scene.calls(createJob);
    const number = type === 'upload' ? 'BG_JOB_TYPE_UPLOAD' : 'BG_JOB_TYPE_UPLOAD_REPLY';
    expect(created?.copies).toEqual([wide('an upload')]);
    expect(Number(created?.arguments[1])).toBe(enumValue(number));

    // The URL to upload to comes first here, too, and then the local file.
    scene.tell(object, addFile, { steps: [text(0), text(1)] });
    await job.addFile('https://example.com/up', 'C:\\sent.txt');
    expect(scene.calls(addFile)[0]?.copies).toEqual(
      ['https://example.com/up', 'C:\\sent.txt'].map(wide),
    );

    const setCredentials = 'IBackgroundCopyJob2::SetCredentials';
    scene.tell(object, setCredentials, { steps: [bytes(0, 8)] });
    await job.setCredentials({
      target: 'server',
      scheme: 'negotiate',
      userName: null,
      password: null,
    });
    const target = enumValue('BG_AUTH_TARGET_SERVER');
    const scheme = enumValue('BG_AUTH_SCHEME_NEGOTIATE');
    expect(scene.calls(setCredentials)[0]?.copies).toEqual([
      Buffer.concat([target, scheme].map(uint32)).toString('hex'),
    ]);
    if (type === 'upload-reply') {
      const setReply = 'IBackgroundCopyJob2::SetReplyFileName';
      scene.tell(object, setReply, { steps: [text(0)] });
      await job.setReplyFileName('C:\\reply.txt');
      expect(scene.calls(setReply)[0]?.copies).toEqual([wide('C:\\reply.txt')]);
    }

    enter(scene, recorded, 'TRANSFERRING');
    await job.resume();
    const waiting = job.wait();
    const sink = await sinkOf(scene, { object, job });
    move(scene, recorded, 13);
    enter(scene, recorded, 'TRANSFERRED');
    await callBack(sink, recorded, 'JobTransferred');
    await waiting;
    expect((await job.getProgress()).bytesTransferred).toBe(13);

    if (type === 'upload-reply') {
      const progress = structBytes('BG_JOB_REPLY_PROGRESS', { BytesTotal: 5, BytesTransferred: 5 });
      scene.tell(object, 'IBackgroundCopyJob2::GetReplyProgress', {
        steps: [writtenBytes(0, progress)],
      });
      expect(await job.getReplyProgress()).toEqual({ bytesTotal: 5, bytesTransferred: 5 });
      const data = Buffer.from('reply');
      scene.tell(object, 'IBackgroundCopyJob2::GetReplyData', {
        steps: [
          { kind: 'writeMemory', argument: 0, data },
          writtenBytes(1, structBytes('BG_JOB_REPLY_PROGRESS', { BytesTotal: 5 }).subarray(0, 8)),
        ],
      });
      expect(Buffer.from(await job.getReplyData()).toString()).toBe('reply');
    }
    expect(await job.complete()).toEqual({ code: 'S_OK', hresult: 0 });
    await eventually(() => {
      expect(scene.sinks().at(-1)).toBeNull();
    });
  },
);
