// SPDX-License-Identifier: MIT
//
// The library and koffi look at the same jobs of the service, in one process, and see the same.

import { join } from 'node:path';
import type { BackgroundCopyJob } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { guidBytes } from '../recorder/plan.js';
import { enumValue, hresultOf } from '../abi/facts.js';
import { layoutOf } from '../abi/struct-layout.js';
import { it as withJobs, settled } from '../service/fixtures.js';
import { underWine } from '../service/under-wine.js';
import {
  call,
  connect,
  invoke,
  pointerIn,
  read,
  readNumber,
  readText,
  release,
  room,
  type Pointer,
} from '../service/vtable.js';

const bits = '4991D34B-80A1-4291-83B6-3328366B9097';

/** A manager of koffi's, and what came from it. */
class Witness {
  readonly manager: Pointer;
  readonly #pointers: Pointer[];

  constructor(manager: Pointer) {
    this.manager = manager;
    this.#pointers = [manager];
  }

  /** What a method gave, to be let go of in the end. */
  own(bytes: Buffer): Pointer {
    const pointer = pointerIn(bytes);
    this.#pointers.push(pointer);
    return pointer;
  }

  async find(id: string): Promise<Pointer> {
    const job = room();
    await call(this.manager, 'IBackgroundCopyManager::GetJob', guidBytes(id), job);
    return this.own(job);
  }

  async files(job: Pointer): Promise<Pointer[]> {
    const enumerator = this.own(await read(job, 'IBackgroundCopyJob::EnumFiles', room().length));
    const files: Pointer[] = [];
    for (;;) {
      const [file, fetched] = [room(), room(4)];
      const next = 'IEnumBackgroundCopyFiles::Next';
      if ((await invoke(enumerator, next, 1, file, fetched)) !== 0) return files;
      files.push(this.own(file));
    }
  }

  close(): void {
    for (const pointer of this.#pointers.reverse()) release(pointer);
  }
}

const it = withJobs.extend<{ witness: Witness }>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
  witness: async ({}, use) => {
    const witness = new Witness(await connect(bits));
    await use(witness);
    witness.close();
  },
});

/** The fields of a structure by COM's names; a size that is all ones is null. */
function fieldsOf(struct: string, bytes: Buffer): Record<string, number | null> {
  const value = (offset: number, size: number) => {
    if (size === 4) return bytes.readUInt32LE(offset);
    const wide = bytes.readBigUInt64LE(offset);
    return wide === 0xffff_ffff_ffff_ffffn ? null : Number(wide);
  };
  const { fields } = layoutOf(struct);
  return Object.fromEntries(fields.map(({ name, offset, size }) => [name, value(offset, size)]));
}

function literal(prefix: string, name: unknown): number {
  return enumValue(`${prefix}_${String(name).replaceAll('-', '_').toUpperCase()}`);
}

/** What a job answers to koffi. */
async function seenByKoffi(witness: Witness, job: Pointer) {
  const row = (name: string) => `IBackgroundCopyJob::${name}`;
  const id = await read(job, row('GetId'), 16);
  const state = await readNumber(job, row('GetState'));
  const { size } = layoutOf('BG_JOB_PROGRESS');
  const progress = fieldsOf('BG_JOB_PROGRESS', await read(job, row('GetProgress'), size));
  const files = [];
  for (const file of await witness.files(job)) {
    const bytes = await read(
      file,
      'IBackgroundCopyFile::GetProgress',
      layoutOf('BG_FILE_PROGRESS').size,
    );
    files.push({
      remoteName: await readText(file, 'IBackgroundCopyFile::GetRemoteName'),
      localName: await readText(file, 'IBackgroundCopyFile::GetLocalName'),
      progress: fieldsOf('BG_FILE_PROGRESS', bytes),
    });
  }
  return {
    id: id.toString('hex'),
    state,
    type: await readNumber(job, row('GetType')),
    progress,
    displayName: await readText(job, row('GetDisplayName')),
    description: await readText(job, row('GetDescription')),
    notifyFlags: await readNumber(job, row('GetNotifyFlags')),
    minimumRetryDelay: await readNumber(job, row('GetMinimumRetryDelay')),
    noProgressTimeout: await readNumber(job, row('GetNoProgressTimeout')),
    files,
  };
}

/** The same from the library, in COM's terms. */
async function seenByLibrary(job: BackgroundCopyJob): ReturnType<typeof seenByKoffi> {
  const progress = await job.getProgress();
  const files = [];
  for (const file of await job.enumFiles()) {
    const { bytesTotal, bytesTransferred, completed } = await file.getProgress();
    const { remoteName, localName } = file;
    expect([await file.getRemoteName(), await file.getLocalName()]).toEqual([
      remoteName,
      localName,
    ]);
    const [BytesTotal, BytesTransferred] = [bytesTotal, bytesTransferred];
    files.push({
      remoteName,
      localName,
      progress: { BytesTotal, BytesTransferred, Completed: Number(completed) },
    });
  }
  expect(await job.getId()).toBe(job.id);
  return {
    id: guidBytes(job.id).toString('hex'),
    state: literal('BG_JOB_STATE', await job.getState()),
    type: literal('BG_JOB_TYPE', await job.getType()),
    progress: {
      BytesTotal: progress.bytesTotal,
      BytesTransferred: progress.bytesTransferred,
      FilesTotal: progress.filesTotal,
      FilesTransferred: progress.filesTransferred,
    },
    displayName: (await job.getDisplayName()) ?? '',
    description: (await job.getDescription()) ?? '',
    notifyFlags: await job.getNotifyFlags(),
    minimumRetryDelay: await job.getMinimumRetryDelay(),
    noProgressTimeout: await job.getNoProgressTimeout(),
    files,
  };
}

/** What both see, which is the same. */
async function agreed(witness: Witness, job: BackgroundCopyJob, found?: Pointer) {
  const pointer = found ?? (await witness.find(job.id));
  const [library, koffi] = [await seenByLibrary(job), await seenByKoffi(witness, pointer)];
  expect(library).toEqual(koffi);
  return koffi;
}

/**
 * Takes the callback object back before the job ends. Wine's service keeps that of an ended job, and
 * takes a later process of the same number for the one that it came from.
 */
async function withdraw(job: BackgroundCopyJob): Promise<void> {
  job.removeAllListeners();
  expect(await job.getNotifyInterface()).toBe(null);
}

describe('a job of the library', () => {
  it('is the same to koffi before, during and after a transfer', async ({
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
    // Some of it has come, and soon no more comes, so that two looks find the same.
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

  it('is an upload to both', async ({ witness, manager, own }) => {
    const job = own(await manager.createJob('dosvc test', 'upload'));
    await job.setDescription('');
    expect((await agreed(witness, job)).type).toBe(enumValue('BG_JOB_TYPE_UPLOAD'));
  });

  it('is cancelled to both', async ({ witness, job }) => {
    await job.setDescription('x');
    const pointer = await witness.find(job.id);
    await job.cancel();
    const { state } = await agreed(witness, job, pointer);
    expect(state).toBe(enumValue('BG_JOB_STATE_CANCELLED'));
  });
});

describe('a job of koffi', () => {
  it('is found by the library, and the same to both', async ({
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

    // What the library hears of a transfer that koffi started.
    const end = settled(ours);
    // Wine's service comes to a standstill where SetNotifyInterface and Resume come at once.
    await ours.getState();
    await call(pointer, 'IBackgroundCopyJob::Resume');
    expect(await end).toBe(true);
    await withdraw(ours);
    await call(pointer, 'IBackgroundCopyJob::Complete');
    expect(await ours.getState()).toBe('acknowledged');
  });
});

describe("an enumerator's Clone", () => {
  // What it does elsewhere is nobody's business here: the library never calls it.
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
