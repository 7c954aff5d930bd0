// SPDX-License-Identifier: MIT
// Downloads of Delivery Optimization's newer API, on the stand-in: what .NET makes, the binding
// finds, and the reverse.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HandleValue, Value } from '../../typings/binding.js';
import { it } from '../dosvc/fixtures.js';
import { clsid } from '../dosvc/installation.js';
import { bytesOf } from '../dosvc/transfer/range-server.js';
import { binding } from '../service/raw-binding.js';
import { tell } from './client.js';

const content = bytesOf(200_000);
const patience = 60_000;
const property = { id: 0, uri: 1, displayName: 3, localPath: 4 };

async function invoke(handle: number, row: string, ...args: Value[]): Promise<Value> {
  const { value, hresult } = await binding.invoke(handle, row, args, patience, true);
  expect(hresult, row).toBe(0);
  return value;
}

async function connect(): Promise<number> {
  const { value } = await binding.connect([clsid, 'IDOManager'], patience, true);
  return (value as HandleValue).handle;
}

async function create(manager: number, uri: string, path: string): Promise<number> {
  const download = await invoke(manager, 'IDOManager::CreateDownload');
  const { handle } = download as HandleValue;
  const properties = [
    [property.uri, uri],
    [property.localPath, path],
    [property.displayName, 'ours'],
  ] as const;
  for (const [id, value] of properties) {
    await invoke(handle, 'IDODownload::SetProperty', id, { vt: 8, value });
  }
  return handle;
}

it('is brought by .NET, with what its callback is told', async ({ control, folder, server }) => {
  const path = join(folder, 'a.bin');
  const uri = server.serve('file', { content });
  const done = await tell(clsid, 'download', uri, path, '.NET’s');
  expect(done).toMatchObject({
    found: { uri, path, name: '.NET’s', state: 'Transferred' },
    bytesTotal: content.length,
    bytesTransferred: content.length,
    state: 'Transferred',
    error: 0,
    after: 'Finalized',
  });
  expect(done.told).toContain('Transferred');
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(await control.count('downloads')).toBe(0);
});

it('is found by .NET where the binding made it', async ({ control, folder, server }) => {
  expect(await control.count('downloads')).toBe(0);
  const path = join(folder, 'b.bin');
  const uri = server.serve('file', { content });
  const manager = await connect();
  const download = await create(manager, uri, path);
  const id = await invoke(download, 'IDODownload::GetProperty', property.id);
  expect(await tell(clsid, 'find', uri)).toEqual([
    { id: (id as { value: string }).value, uri, path, name: 'ours', state: 'Created' },
  ]);
  await invoke(download, 'IDODownload::Abort');
  for (const handle of [download, manager]) binding.release(handle);
});

it('is found by the binding where .NET made it', async ({ control, folder, server }) => {
  const path = join(folder, 'c.bin');
  const uri = server.serve('slow', { content, pace: { bytes: 20_000, milliseconds: 200 } });
  const manager = await connect();
  const done = tell(clsid, 'download', uri, path, '.NET’s');
  await expect.poll(() => control.count('downloads'), { timeout: 60_000 }).toBe(1);
  const category = { property: property.uri, value: uri };
  const found = (await invoke(manager, 'IDOManager::EnumDownloads', category)) as HandleValue[];
  expect(found).toHaveLength(1);
  const handle = found[0]?.handle ?? 0;
  const name = await invoke(handle, 'IDODownload::GetProperty', property.displayName);
  expect(name).toMatchObject({ value: '.NET’s' });
  expect((await done).after).toBe('Finalized');
  for (const one of [handle, manager]) binding.release(one);
});
