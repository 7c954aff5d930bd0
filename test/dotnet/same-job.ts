// SPDX-License-Identifier: MIT
// Compares what the library and the .NET client report about one job.

import { expect } from 'vitest';
import type { BackgroundCopyJob } from 'dosvc';
import type { SeenJob } from './client.js';

const unknownSize = (2n ** 64n - 1n).toString();

/** Drops hyphens and case, in which alone the library's names differ from those of .NET and COM. */
const bare = (name: string | number) => String(name).replaceAll('-', '').toLowerCase();

/** Expects that both report the same, and that neither reports what the service does not have. */
export async function expectSame(job: BackgroundCopyJob, seen: SeenJob): Promise<void> {
  const snapshot = await job.snapshot();
  const { progress, files } = snapshot;
  expect(job.id).toBe(seen.id);
  expect(snapshot.displayName).toBe(seen.name);
  expect(snapshot.description).toBe(seen.description);
  expect(bare(snapshot.type ?? '')).toBe(bare(seen.type));
  expect(snapshot.priority).toBe(seen.priority === null ? null : bare(seen.priority));
  expect(bare(snapshot.state)).toBe(bare(seen.state));
  expect(progress).toMatchObject({
    bytesTotal: seen.bytesTotal === unknownSize ? null : Number(seen.bytesTotal),
    bytesTransferred: seen.bytesTransferred,
    filesTotal: seen.filesTotal,
    filesTransferred: seen.filesTransferred,
  });
  expect(files?.map(({ remoteName, localName }) => [remoteName, localName])).toEqual(
    seen.files.map(({ remote, local }) => [remote, local]),
  );
  expect(snapshot.error?.hresult).toBe(seen.error?.code);
  expect(bare(snapshot.error?.context ?? '')).toBe(bare(seen.error?.context ?? ''));
}
