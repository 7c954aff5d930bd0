// SPDX-License-Identifier: MIT
//
// What the library publishes to node:diagnostics_channel: each call and each event, without arguments
// of calls.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, onTestFinished } from 'vitest';
import { it as itOfDownloads } from './download-scene.js';
import { it } from './library-scene.js';

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
  it('has the operation, the HRESULT, the stage and the time of each call', async ({
    scene,
    recorded: { object, job },
  }) => {
    const calls = published('dosvc:call');
    scene.tell(object, 'IBackgroundCopyJob::Resume', { hresult: 0x80200002 });
    await job.getState();
    await job.resume().catch(() => undefined);
    const milliseconds = expect.any(Number) as number;
    expect(calls).toEqual([
      { operation: 'IBackgroundCopyJob::GetState', hresult: 0, stage: 'done', milliseconds },
      { operation: 'IBackgroundCopyJob::Resume', hresult: 0x80200002, stage: 'done', milliseconds },
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
