// SPDX-License-Identifier: MIT
//
// The library and koffi read the same jobs of the service, in one process, and agree.

import { join } from 'node:path';
import type { BackgroundCopyJob } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { call, invoke, room } from '../com/vtable.js';
import { enumValue, hresultOf } from '../facts/facts.js';
import { guidBytes } from '../recorder/plan.js';
import { settled } from '../service/fixtures.js';
import { underWine } from '../system/under-wine.js';
import { agreed, it } from './witness.js';

/**
 * Withdraws the callback object before the job ends. Wine's service keeps that of an ended job, and
 * mistakes a later process with the same number for the one that set it.
 */
async function withdraw(job: BackgroundCopyJob): Promise<void> {
  job.removeAllListeners();
  expect(await job.getNotifyInterface()).toBe(null);
}

describe('a job of the library', () => {
  it('is the same for koffi before, during and after a transfer', async ({
    witness,
    server,
    folder,
    job,
  }) => {
    await job.setDescription('Beschreibung ä');
    await job.setNotifyFlags(2);
    await job.setMinimumRetryDelay(120);
    await job.setNoProgressTimeout(3600);
    const names = ['held', 'whole'] as const;
    const urls = names.map((manner) => server.file(manner, `${manner}.bin`).url);
    for (const [i, url] of urls.entries()) await job.addFile(url, join(folder, String(i)));
    const before = await agreed(witness, job);
    expect(before).toMatchObject({
      id: guidBytes(job.id).toString('hex'),
      state: enumValue('BG_JOB_STATE_SUSPENDED'),
      type: enumValue('BG_JOB_TYPE_DOWNLOAD'),
      displayName: 'dosvc test',
      description: 'Beschreibung ä',
      notifyFlags: 2,
      progress: { FilesTotal: 2, FilesTransferred: 0 },
    });
    expect(before.files.map(({ remoteName }) => remoteName).toSorted()).toEqual(urls.toSorted());

    const end = settled(job);
    await job.resume();
    // A part has been transferred, and soon no more is, so that both read the same.
    const during = await vi.waitFor(
      async () => {
        const seen = await agreed(witness, job);
        expect(Number(seen.progress.BytesTransferred) % 100_000).toBeGreaterThan(0);
        return seen;
      },
      { timeout: 30_000 },
    );
    expect(during.state).toBe(enumValue('BG_JOB_STATE_TRANSFERRING'));
    expect(during.progress.FilesTransferred).not.toBe(2);

    server.letGo();
    await end;
    await withdraw(job);
    const after = await agreed(witness, job);
    expect(after).toMatchObject({
      state: enumValue('BG_JOB_STATE_TRANSFERRED'),
      progress: { BytesTransferred: 200_000, FilesTransferred: 2 },
    });
    await job.complete();
    expect((await agreed(witness, job)).state).toBe(enumValue('BG_JOB_STATE_ACKNOWLEDGED'));
  });

  it('is an upload for both', async ({ witness, manager, own }) => {
    const job = own(await manager.createJob('dosvc test', 'upload'));
    await job.setDescription('');
    expect((await agreed(witness, job)).type).toBe(enumValue('BG_JOB_TYPE_UPLOAD'));
  });

  it('is cancelled for both', async ({ witness, job }) => {
    await job.setDescription('x');
    const pointer = await witness.find(job.id);
    await job.cancel();
    const { state } = await agreed(witness, job, pointer);
    expect(state).toBe(enumValue('BG_JOB_STATE_CANCELLED'));
  });
});

describe('a job of koffi', () => {
  it('is found by the library, and is the same for both', async ({
    witness,
    server,
    folder,
    manager,
    own,
  }) => {
    const [id, job] = [room(16), room()];
    const download = enumValue('BG_JOB_TYPE_DOWNLOAD');
    const create = 'IBackgroundCopyManager::CreateJob';
    await call(witness.manager, create, 'von koffi', download, id, job);
    const pointer = witness.own(job);
    const { url } = server.file('whole');
    const path = join(folder, 'file.bin');
    await call(pointer, 'IBackgroundCopyJob::AddFile', url, path);
    await call(pointer, 'IBackgroundCopyJob::SetDescription', 'mit koffi');

    const hex = id.toString('hex');
    const spelled = (await manager.enumJobs()).map((one) => one.id);
    const found = spelled.find((one) => guidBytes(one).toString('hex') === hex);
    if (found === undefined) throw new Error('enumJobs does not list it');
    const ours = own(await manager.getJob(found));
    expect(await agreed(witness, ours, pointer)).toMatchObject({
      id: hex,
      displayName: 'von koffi',
      description: 'mit koffi',
      files: [{ remoteName: url, localName: path }],
    });

    // The library emits the events of a transfer that koffi started.
    const end = settled(ours);
    // Wine's service hangs if SetNotifyInterface and Resume arrive at the same time.
    await ours.getState();
    await call(pointer, 'IBackgroundCopyJob::Resume');
    expect(await end).toBe(true);
    await withdraw(ours);
    await call(pointer, 'IBackgroundCopyJob::Complete');
    expect(await ours.getState()).toBe('acknowledged');
  });
});

describe("an enumerator's Clone succeeds, except under Wine:", () => {
  // Wine does not implement it. The library never calls it.
  const expected = underWine ? hresultOf('E_NOTIMPL') : 0;

  it.for(['Files', 'Jobs'] as const)('of %s', async (what, { witness, job }) => {
    const enumerator = room();
    if (what === 'Jobs') {
      await call(witness.manager, 'IBackgroundCopyManager::EnumJobs', 0, enumerator);
    } else {
      await call(await witness.find(job.id), 'IBackgroundCopyJob::EnumFiles', enumerator);
    }
    const clone = room();
    const row = `IEnumBackgroundCopy${what}::Clone`;
    expect(await invoke(witness.own(enumerator), row, clone)).toBe(expected);
    if (expected === 0) witness.own(clone);
  });
});
