// SPDX-License-Identifier: MIT
//
// What the library publishes to node:diagnostics_channel: each call and each event, without arguments
// of calls.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, onTestFinished } from 'vitest';
import { it as itOfDownloads } from './download-scene.js';
import { it } from './library-scene.js';
import { clsid } from '../recorder/scene.js';

/** What is published to a channel during the test. */
function published(name: string): unknown[] {
  const messages: unknown[] = [];
  const hear = (message: unknown) => messages.push(message);
  subscribe(name, hear);
  onTestFinished(() => {
    unsubscribe(name, hear);
  });
  return messages;
}

describe('dosvc:call', () => {
  it('has the service, the operation, the HRESULT, the stage and the time of each call', async ({
    scene,
    recorded: { object, job },
  }) => {
    const calls = published('dosvc:call');
    scene.tell(object, 'IBackgroundCopyJob::Resume', { hresult: 0x80200002 });
    await job.getState();
    await job.resume().catch(() => undefined);
    const milliseconds = expect.any(Number) as number;
    const every = { service: `The service {${clsid}}`, stage: 'done', milliseconds };
    expect(calls).toEqual([
      { ...every, operation: 'IBackgroundCopyJob::GetState', hresult: 0 },
      { ...every, operation: 'IBackgroundCopyJob::Resume', hresult: 0x80200002 },
    ]);
  });

  it('has the calls made on each object that a call lists', async ({
    scene,
    recorded: { object, job },
  }) => {
    const step = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', [
      scene.object(),
    ]);
    scene.tell(object, 'IBackgroundCopyJob::EnumFiles', { steps: [step(0)] });
    const calls = published('dosvc:call') as { operation: string }[];
    await job.enumFiles();
    expect(calls.map(({ operation }) => operation)).toEqual([
      'IBackgroundCopyJob::EnumFiles',
      'IBackgroundCopyFile::GetRemoteName',
      'IBackgroundCopyFile::GetLocalName',
    ]);
  });
});

describe('the calls of a listener', () => {
  it('are published, without those that a look skipped', async ({ recorded: { job } }) => {
    const calls = published('dosvc:call') as { operation: string; stage: string }[];
    job.on('transferred', () => undefined);
    await job.getId();
    const operations = () => calls.map(({ operation }) => operation.replace(/.*::/, ''));
    await expect
      .poll(operations)
      .toEqual(
        expect.arrayContaining(['SetNotifyInterface', 'SetNotifyFlags', 'GetState', 'GetProgress']),
      );
    expect(operations()).not.toContain('GetError');
    expect(calls.filter(({ stage }) => stage === 'skipped')).toEqual([]);
  });
});

describe('dosvc:event', () => {
  itOfDownloads('has the id, the event and its value', async ({ scene }) => {
    const events = published('dosvc:event');
    const { object, download } = await scene.create(undefined, 'some id');
    const heard: unknown[] = [];
    download.on('status', (value) => heard.push({ id: 'some id', event: 'status', value }));
    await download.pause();
    scene.enter(object, { state: 'Transferring', transferred: 5 });
    await scene.callBack(scene.sink(), object, { state: 'Transferring', transferred: 5 });
    await expect.poll(() => heard).toHaveLength(2);
    expect(events).toEqual(heard);
  });
});
