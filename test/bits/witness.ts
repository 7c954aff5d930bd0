// SPDX-License-Identifier: MIT
//
// A job of the service as koffi reads it, and as the library does.

import type { BackgroundCopyJob } from 'dosvc';
import { expect } from 'vitest';
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
} from '../com/vtable.js';
import { enumValue } from '../facts/facts.js';
import { layoutOf } from '../facts/struct-layout.js';
import { guidBytes } from '../recorder/plan.js';
import { it as withJobs } from '../service/fixtures.js';

const bits = '4991D34B-80A1-4291-83B6-3328366B9097';

/** koffi's manager, and the objects obtained from it. */
export class Witness {
  readonly manager: Pointer;
  readonly #pointers: Pointer[];

  constructor(manager: Pointer) {
    this.manager = manager;
    this.#pointers = [manager];
  }

  /** Keeps an object that a method returned, for close() to release. */
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

export const it = withJobs.extend<{ witness: Witness }>({
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

/** The job as koffi reads it. */
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

/** The job as the library reads it, in COM's terms. */
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

/** Expects that both read the same, and returns it. */
export async function agreed(witness: Witness, job: BackgroundCopyJob, found?: Pointer) {
  const pointer = found ?? (await witness.find(job.id));
  const [library, koffi] = [await seenByLibrary(job), await seenByKoffi(witness, pointer)];
  expect(library).toEqual(koffi);
  return koffi;
}
