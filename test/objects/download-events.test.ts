// SPDX-License-Identifier: MIT
//
// A download's callback in the library: when it is set and withdrawn, and which of its reports are
// trusted.

import type { DownloadStatus } from 'dosvc';
import { expect, vi } from 'vitest';
import { hresultOf } from '../facts/facts.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { it, setProperty, type DownloadScene, type RecordedDownload } from './download-scene.js';

function listen({ download }: RecordedDownload): DownloadStatus[] {
  const told: DownloadStatus[] = [];
  download.on('status', (status) => told.push(status));
  return told;
}

/** Waits until everything that was queued is done, and its events are emitted. */
async function settled({ download }: RecordedDownload): Promise<void> {
  await download.getProperty('id');
  await download.getProperty('id');
}

function bytesOf(told: DownloadStatus[]): number[] {
  return told.map(({ bytesTransferred }) => bytesTransferred);
}

it('the callback is set with the first listener, before any later call, and withdrawn with the last', async ({
  scene,
}) => {
  const recorded = await scene.create();
  const { download } = recorded;
  const [one, other] = [vi.fn(), vi.fn()];
  download.on('status', one).on('status', other);
  await settled(recorded);
  expect(scene.sinks()).toHaveLength(1);
  const rows = scene.calls().map((call) => call.slot);
  expect(rows.indexOf(9)).toBeLessThan(rows.lastIndexOf(8));
  expect(scene.calls(setProperty).map((call) => Number(call.arguments[0]) & 0xff)).toEqual([13]);
  download.off('status', one);
  await settled(recorded);
  expect(scene.sinks()).toHaveLength(1);
  download.off('status', other);
  await settled(recorded);
  expect(scene.sinks().map((sink) => sink === null)).toEqual([false, true]);
});

it('all objects and waits of a download share one callback', async ({ scene }) => {
  const recorded = await scene.create();
  const id = recorded.download.id;
  scene.list([recorded.object]);
  const [again] = await scene.manager.enumDownloads({ id });
  if (again === undefined) throw new Error('it is not found');
  const told = [listen(recorded), listen({ ...recorded, download: again })];
  const done = awaitedLater(again.wait());
  await settled(recorded);
  expect(scene.sinks()).toHaveLength(1);
  scene.enter(recorded.object, { state: 'Transferred', transferred: 9 });
  await scene.callBack(scene.sink(), recorded.object, { state: 'Transferred', transferred: 9 });
  await done;
  for (const one of told) expect(one.map(({ state }) => state)).toEqual(['created', 'transferred']);
});

it('the callback is trusted for more bytes, and causes a look for the rest', async ({ scene }) => {
  const recorded = await scene.create();
  const { object } = recorded;
  scene.enter(object, { state: 'Transferring', transferred: 10 });
  const told = listen(recorded);
  await settled(recorded);
  const say = (state: string, transferred: number) =>
    scene.callBack(scene.sink(), object, { state, transferred });
  await say('Transferring', 20);
  await say('Transferring', 30);
  await settled(recorded);
  expect(bytesOf(told)).toEqual([10, 20, 30]);
  // Late callbacks and other states: only what a look reads counts.
  scene.enter(object, { state: 'Transferring', transferred: 40 });
  await say('Transferring', 25);
  await settled(recorded);
  await say('Created', 0);
  await say('Paused', 20);
  await settled(recorded);
  expect(bytesOf(told)).toEqual([10, 20, 30, 40]);
  expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['transferring']));
});

it('the callback emits nothing after the download has ended', async ({ scene }) => {
  const recorded = await scene.create();
  const told = listen(recorded);
  await settled(recorded);
  const sink = scene.sink();
  scene.enter(recorded.object, { state: 'Aborted' });
  await scene.callBack(sink, recorded.object, { state: 'Aborted' });
  await expect.poll(() => told.at(-1)?.state).toBe('aborted');
  await settled(recorded);
  await scene.callBack(sink, recorded.object, { state: 'Transferring' });
  await settled(recorded);
  expect(told.map(({ state }) => state)).toEqual(['created', 'aborted']);
  expect(recorded.download.listenerCount('status')).toBe(1);
});

it('a callback that the service refuses causes one warning', async ({ scene }) => {
  const recorded = await scene.create();
  scene.tell(recorded.object, setProperty, { hresult: hresultOf('E_ACCESSDENIED') });
  const warnings: string[] = [];
  recorded.download.on('warning', ({ code }) => warnings.push(code));
  const told = listen(recorded);
  await settled(recorded);
  expect(warnings).toEqual(['E_ACCESSDENIED']);
  expect(told.map(({ state }) => state)).toEqual(['created']);
});

it.for(['DO_E_NO_DOWNLOADS', 'DO_E_JOB_NOT_FOUND', 'BG_E_NOT_FOUND'])(
  'listening ends with one warning if the service no longer knows the download: %s',
  async (code, { scene }) => {
    const recorded = await scene.create();
    scene.tell(recorded.object, 'IDODownload::GetStatus', { hresult: hresultOf(code) });
    const warnings: string[] = [];
    recorded.download.on('warning', (warning) => warnings.push(warning.code));
    listen(recorded);
    // The listener has left once the callback is withdrawn.
    await expect.poll(() => scene.calls(setProperty)).toHaveLength(2);
    expect(warnings).toEqual([code]);
  },
);

const unavailable = 0x800706ba;

function die(scene: DownloadScene, { object }: RecordedDownload): void {
  for (const row of ['Start', 'Pause', 'GetStatus', 'GetProperty', 'SetProperty']) {
    scene.tell(object, `IDODownload::${row}`, { hresult: unavailable });
  }
}

/** The service stops, and the download is found again by its id as another object. */
function restart(scene: DownloadScene, recorded: RecordedDownload) {
  die(scene, recorded);
  const again = scene.object();
  scene.keepSinks(again);
  const enumerator = scene.enumerator('IEnumUnknown', 'IUnknown', [again]);
  scene.tell(scene.root, 'IDOManager::EnumDownloads', { steps: [enumerator(1)] });
  return again;
}

it('the callback is set again on a re-fetched download', async ({ scene }) => {
  const recorded = await scene.create({}, 'the id');
  const told = listen(recorded);
  await settled(recorded);
  const again = restart(scene, recorded);
  scene.enter(again, { state: 'Paused', transferred: 7 });
  expect(await recorded.download.getStatus()).toMatchObject({ state: 'paused' });
  await expect.poll(() => told.at(-1)?.state).toBe('paused');
  const set = scene.calls(setProperty).filter((call) => call.object === again.number);
  expect(set).toHaveLength(1);
  scene.enter(again, { state: 'Transferring', transferred: 8 });
  await scene.callBack(scene.sink(), again, { state: 'Transferring', transferred: 8 });
  await expect.poll(() => told.at(-1)?.bytesTransferred).toBe(8);
});

it('a download that cannot be re-fetched rejects with the reason', async ({ scene }) => {
  const recorded = await scene.create({}, 'the id');
  die(scene, recorded);
  const hresult = hresultOf('DO_E_NO_DOWNLOADS');
  scene.tell(scene.root, 'IDOManager::EnumDownloads', { hresult });
  const error = {
    code: 'DO_E_NO_DOWNLOADS',
    message: expect.stringContaining('nonVolatile') as string,
  };
  await expect(recorded.download.getStatus()).rejects.toMatchObject(error);
  await expect(recorded.download.wait()).rejects.toMatchObject(error);
});
