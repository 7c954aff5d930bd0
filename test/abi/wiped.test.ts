// SPDX-License-Identifier: MIT
//
// Secrets among the arguments do not stay in memory: once a call is over, however it ended, none of the
// process's native memory has them. V8 keeps its own strings as ASCII, so a text in UTF-16 is ours.

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Handle, Value } from '../../typings/binding.js';
import { hresultOf, iidOf } from '../facts/facts.js';
import { copiesInMemory, type RecordedObject } from '../recorder/recorder.js';
import { eventually, Scene } from '../recorder/scene.js';

let scene: Scene;
let job: RecordedObject;
let handle: Handle;

beforeEach(async () => {
  scene = await Scene.open();
  job = scene.object();
  handle = await scene.handleOf(job, 'IBackgroundCopyJob');
});

afterEach(async () => {
  await scene.close();
});

const patience = 20_000;

const setCredentials = 'IBackgroundCopyJob2::SetCredentials';
const setCustomHeaders = 'IBackgroundCopyJobHttpOptions::SetCustomHeaders';

/** What a service gets with a secret in it. */
const rows: [row: string, args: (secret: string) => Value[]][] = [
  [
    setCredentials,
    (secret) => [{ target: 1, scheme: 1, userName: `user ${secret}`, password: secret }],
  ],
  [setCustomHeaders, (secret) => [`Authorization: ${secret}\r\n`]],
  ['IBackgroundCopyJob::SetProxySettings', (secret) => [2, secret, `<local> ${secret}`]],
  ['IBackgroundCopyJob2::SetNotifyCmdLine', (secret) => ['C:\\a.exe', secret]],
  ['IBackgroundCopyJob::AddFileSet', (secret) => [[{ remoteName: secret, localName: 'C:\\a' }]]],
  ['IDeliveryOptimizationJob2::SetProperty', (secret) => [0, { vt: 8, value: secret }]],
];

// Seven characters fit into a string object itself, and more do not.
const secretOf = (length: number) => randomBytes(length).toString('hex').slice(0, length);
const lengths = [7, 40];

const cases = rows.flatMap(([row, args]) => lengths.map((length) => [row, length, args] as const));

it.each(cases)('%s, a secret of %i characters', async (row, length, args) => {
  const secret = secretOf(length);
  scene.tell(job, row, { held: true });
  const call = scene.invoke(row, args(secret), handle);
  await eventually(() => {
    expect(scene.calls(row)).toHaveLength(1);
  });
  // That it is found during the call shows that it would be found afterwards, too.
  expect(copiesInMemory(secret)).toBeGreaterThan(0);
  job.letGo();
  expect(await call).toMatchObject({ hresult: 0 });
  expect(copiesInMemory(secret)).toBe(0);
});

it.each(lengths)('a call that fails, with a secret of %i characters', async (length) => {
  const secret = secretOf(length);
  const hresult = hresultOf('E_INVALIDARG');
  for (const [row, args] of rows) {
    scene.tell(job, row, { hresult });
    expect(await scene.invoke(row, args(secret), handle)).toMatchObject({ hresult });
  }
  expect(copiesInMemory(secret)).toBe(0);
});

it.each(lengths)('a call that a row refuses, with a secret of %i characters', async (length) => {
  const secret = secretOf(length);
  for (const [row, args] of [
    [setCredentials, [{ target: 'server', scheme: 1, userName: secret, password: secret }]],
    [setCredentials, [{ userName: secret, password: secret }]],
    [setCredentials, [{ target: 1, scheme: 1, userName: secret, password: null }]],
    [setCustomHeaders, [`${secret}\0`]],
    [setCustomHeaders, ['A: b', secret]],
    ['IBackgroundCopyJob::SetProxySettings', [secret, secret, secret]],
  ] satisfies [string, Value[]][]) {
    expect(await scene.invoke(row, args, handle)).toMatchObject({ stage: 'argument' });
  }
  expect(scene.calls(setCredentials)).toEqual([]);
  expect(copiesInMemory(secret)).toBe(0);
});

it.each(lengths)('a call that never runs, with a secret of %i characters', async (length) => {
  const secret = secretOf(length);
  job.deny(iidOf('IBackgroundCopyJob2'));
  for (const [row, args] of rows.slice(0, 1)) {
    const outcome = await scene.invoke(row, args(secret), handle);
    expect(outcome).toMatchObject({ stage: 'interface' });
  }
  // The deadline passes while another call holds the object.
  scene.tell(job, 'IBackgroundCopyJob::Suspend', { held: true });
  const holds = scene.invoke('IBackgroundCopyJob::Suspend', [], handle);
  const late = rows.map(([row, args]) => scene.invokeWithin(1, row, args(secret), handle));
  for (const outcome of await Promise.all(late)) expect(outcome.stage).toBe('timeout');
  job.letGo();
  await holds;
  await scene.invoke('IBackgroundCopyJob::Resume', [], handle);
  // The object is closed.
  scene.release(handle);
  for (const [row, args] of rows) {
    const outcome = await scene.invoke(row, args(secret), handle);
    expect(outcome).toMatchObject({ stage: 'closed' });
  }
  expect(scene.calls(setCustomHeaders)).toEqual([]);
  expect(copiesInMemory(secret)).toBe(0);
});

it.each(lengths)('a call with a value that cannot cross, %i characters', async (length) => {
  const secret = secretOf(length);
  const unreadable = Symbol('no value') as unknown as Value;
  const args = [secret, { password: secret, handle: 0 }];
  for (const given of [[secret, unreadable], [{ password: secret, more: unreadable }], args]) {
    await expect(scene.invoke(setCustomHeaders, given, handle)).rejects.toThrow(TypeError);
    const calls = [{ row: setCustomHeaders, args: given }];
    await expect(scene.invokeMany(patience, calls, handle)).rejects.toThrow(TypeError);
  }
  const wrong = [
    { row: 'IBackgroundCopyJob::Suspend', args: [secret] },
    { row: 'IBackgroundCopyJob::Fly', args: [secret] },
    { row: setCustomHeaders, args: [secret] },
  ];
  await expect(scene.invokeMany(patience, wrong, handle)).rejects.toThrow(TypeError);
  expect(copiesInMemory(secret)).toBe(0);
});
