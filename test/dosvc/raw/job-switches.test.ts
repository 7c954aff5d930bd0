// SPDX-License-Identifier: MIT
// What services do differently, and the stand-in on request: its answers, through koffi.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { call, invoke, pointerIn, readNumber, release, room } from '../../com/vtable.js';
import { it } from '../../stand-in/client/fixtures.js';
import { bytesOf } from '../../http/served.js';
import { Sink } from '../sink.js';
import { addFile, createJob, filesOf, filesTransferred, isCompleted, State } from './job.js';

const E_NOTIMPL = 0x80004001;
const DO_E_INVALID_STATE = 0x80d02013;
const DO_E_ERROR_INFORMATION_UNAVAILABLE = 0x80d02014;
const BG_S_PARTIAL_COMPLETE = 0x00200017;

const getState = 'IBackgroundCopyJob::GetState';
const setNotifyInterface = 'IBackgroundCopyJob::SetNotifyInterface';

describe.each(['Cancel', 'Complete'])('SetNotifyInterface after %s', (end) => {
  it('is refused unless "sink-after-end" is set', async ({ control }) => {
    const [job, sink] = [await createJob(), new Sink()];
    await call(job, setNotifyInterface, sink.object);
    await call(job, `IBackgroundCopyJob::${end}`);
    expect(await invoke(job, setNotifyInterface, sink.object)).toBe(DO_E_INVALID_STATE);
    expect(await invoke(job, setNotifyInterface, null)).toBe(DO_E_INVALID_STATE);
    await control.setSwitch('sink-after-end', 1);
    expect(await invoke(job, setNotifyInterface, null)).toBe(0);
    const found = room();
    await call(job, 'IBackgroundCopyJob::GetNotifyInterface', found);
    expect(pointerIn(found)).toBe(0n);
    release(job);
  });
});

describe('a job that fails', () => {
  it.for([0, 1])(
    'calls JobError unless "silent-errors" is set: %i',
    async (silent, { control, folder, server }) => {
      const [job, sink] = [await createJob(), new Sink()];
      await call(job, setNotifyInterface, sink.object);
      const url = server.serve('file', { content: bytesOf(1), statuses: [404] });
      await addFile(job, url, join(folder, 'file.bin'));
      await control.setSwitch('silent-errors', silent);
      await call(job, 'IBackgroundCopyJob::Resume');
      await expect.poll(() => readNumber(job, getState)).toBe(State.error);
      // Callbacks of a job come in order, so that of the transfer is behind a JobError.
      if (!silent) await expect.poll(() => sink.told).toContain('error');
      await call(job, 'IBackgroundCopyJob::Resume');
      await expect.poll(() => sink.told).toContain('transferred');
      expect(sink.told.filter((told) => told === 'error')).toHaveLength(1 - silent);
      await call(job, setNotifyInterface, null);
      release(job);
    },
  );

  it('has no error information by a fault', async ({ control, folder, server }) => {
    const job = await createJob();
    const url = server.serve('file', { content: bytesOf(1), statuses: [404] });
    await addFile(job, url, join(folder, 'file.bin'));
    const getError = 'IBackgroundCopyJob::GetError';
    await control.setFault(getError, { fail: DO_E_ERROR_INFORMATION_UNAVAILABLE });
    await call(job, 'IBackgroundCopyJob::Resume');
    await expect.poll(() => readNumber(job, getState)).toBe(State.error);
    expect(await invoke(job, getError, room())).toBe(DO_E_ERROR_INFORMATION_UNAVAILABLE);
    release(job);
  });
});

describe('a method', () => {
  it('is not implemented by a fault', async ({ control }) => {
    const job = await createJob();
    for (const [method, ...args] of [
      ['Suspend'],
      ['GetPriority', room()],
      ['GetTimes', room(24)],
    ]) {
      const address = `IBackgroundCopyJob::${String(method)}`;
      await control.setFault(address, { fail: E_NOTIMPL });
      expect([address, await invoke(job, address, ...args)]).toEqual([address, E_NOTIMPL]);
    }
    release(job);
  });
});

describe('Complete before everything is transferred', () => {
  it.for([0, 1])(
    'saves the whole files; "keeps-partial": %i',
    async (keeps, { control, folder, server }) => {
      const job = await createJob();
      const paths = ['one', 'two'].map((name) => join(folder, name));
      await addFile(job, server.serve('one', { content: bytesOf(10) }), paths[0] ?? '');
      await addFile(job, server.serve('two', { content: bytesOf(10), hold: 0 }), paths[1] ?? '');
      const files = await filesOf(job, 2);
      await control.setSwitch('keeps-partial', keeps);
      await call(job, 'IBackgroundCopyJob::Resume');
      await expect.poll(() => filesTransferred(job)).toBe(1);
      const hresult = await invoke(job, 'IBackgroundCopyJob::Complete');
      expect(hresult).toBe(keeps ? BG_S_PARTIAL_COMPLETE : 0);
      expect(await readNumber(job, getState)).toBe(keeps ? State.suspended : State.acknowledged);
      expect(paths.map((path) => existsSync(path))).toEqual([true, false]);
      expect(await Promise.all(files.map(isCompleted))).toEqual([true, false]);
      expect(await control.count('jobs')).toBe(keeps);
      if (keeps) {
        server.letGo();
        await call(job, 'IBackgroundCopyJob::Resume');
        await expect.poll(() => readNumber(job, getState)).toBe(State.transferred);
        await call(job, 'IBackgroundCopyJob::Complete');
        expect(await readNumber(job, getState)).toBe(State.acknowledged);
      }
      for (const object of [...files, job]) release(object);
    },
  );
});
