// SPDX-License-Identifier: MIT
// Ctrl+C in the console of dosvc while a service works for it, or hangs: what becomes of the transfer
// and its file, and the exit status.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackgroundCopyManager, DownloadManager } from 'dosvc';
import { describe, expect } from 'vitest';
import { bytesOf } from '../http/served.js';
import { interrupt } from '../processes/interrupt.js';
import { it } from '../service/fixtures.js';
import { onBits, service } from '../service/service.js';
import { Control } from '../stand-in/client/control.js';
import { objectsIn } from '../terminal/objects.js';
import { underWine } from '../system/under-wine.js';
import { dosvc, startDosvc } from './program.js';

const ok = { status: 0, stderr: '' };
const interrupted = { status: 130, stderr: '' };
const inConsole = { ownConsole: true } as const;
// On Windows, the stand-in has a class of its own, which download() does not know.
const isSystems = onBits || underWine;
const routes = isSystems ? [onBits ? 'bits' : 'delivery-optimization'] : [];

// Paced, not held: the BITS of Wine 8 cancels no job while it waits for the server. It takes longer than
// dosvc takes to start on a busy machine, or until the server hurries.
const slow = () => ({
  content: bytesOf(8 << 20),
  etag: '"1"',
  pace: { bytes: 1 << 13, milliseconds: 100 },
});

/** The state of a job or a download; undefined if the service does not know it. */
async function stateOf(id: string): Promise<unknown> {
  if (onBits) {
    await using manager = await BackgroundCopyManager.connect({ service: 'bits' });
    const found = await manager.getJob(id).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'BG_E_NOT_FOUND' });
    });
    return await found?.getState();
  }
  await using manager = await DownloadManager.connect();
  const [found] = await manager.enumDownloads({ id });
  return (await found?.getStatus())?.state;
}

/** Runs dosvc get, and interrupts it once bytes have come. Returns the id of the transfer. */
async function interruptedGet(args: string[]): Promise<string> {
  const child = startDosvc(args, inConsole);
  await child.said('"kind":"progress"');
  await interrupt(child.process.pid);
  const { status, stdout, stderr } = await child.ended;
  expect({ status, stderr }).toEqual(interrupted);
  return String(objectsIn('get', stdout)[0]?.id);
}

describe.each(routes)('dosvc get by %s', (route) => {
  it('leaves neither a file nor a transfer', async ({ server, folder }) => {
    const url = server.serve('slow.bin', slow());
    const args = ['get', url, join(folder, 'file.bin'), '--json', '--route', route];
    const id = await interruptedGet(args);
    expect([undefined, 'cancelled', 'aborted']).toContain(await stateOf(id));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('with --detach, lets the service go on', async ({ server, folder }) => {
    const served = slow();
    const url = server.serve('slow.bin', served);
    const path = join(folder, 'file.bin');
    const args = ['get', url, path, '--json', '--route', route, '--detach'];
    expect(await dosvc(args)).toMatchObject(ok);
    const id = await interruptedGet(args);
    server.hurry();
    await expect.poll(() => stateOf(id)).toBe('transferred');
    const last = await dosvc(args);
    expect({ status: last.status, stderr: last.stderr }).toEqual(ok);
    expect(objectsIn('get', last.stdout).at(-1)).toMatchObject({ kind: 'result', id });
    expect(readFileSync(path).equals(served.content)).toBe(true);
    expect(readdirSync(folder)).toEqual(['file.bin']);
  });
});

it('ends dosvc watch, and changes nothing', async ({ job }) => {
  const child = startDosvc(['watch', job.id, '--service', service.name], inConsole);
  await child.said(job.id);
  await interrupt(child.process.pid);
  expect(await child.ended).toMatchObject(interrupted);
  expect(await job.getState()).toBe('suspended');
});

describe.each(routes.filter((route) => route === 'delivery-optimization'))('%s hangs', () => {
  it('and dosvc clean ends all the same', async () => {
    const control = await Control.connect();
    try {
      await control.setFault('IDOManager::EnumDownloads', 'hang');
      const child = startDosvc(['clean'], inConsole);
      await expect.poll(() => control.count('hanging')).toBe(1);
      await interrupt(child.process.pid);
      expect(await child.ended).toMatchObject({ ...interrupted, stdout: '' });
    } finally {
      await control.reset();
      control.close();
    }
  });
});
