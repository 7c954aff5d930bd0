// SPDX-License-Identifier: MIT
//
// Properties by name: the interface and the id that each name stands for, and its type.

import type { BackgroundCopyFile, BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { guidBytes, uint32, uint64, type Step } from '../recorder/plan.js';
import type { RecordedObject } from '../recorder/recorder.js';
import { enumValue, enumValues, hresultOf } from '../facts/facts.js';
import { it, type LibraryScene } from './library-scene.js';
import { writtenBytes, writtenObject, writtenText } from './written.js';

const guid = '0123abcd-4567-89ef-fedc-ba9876543210';
const id = (name: string) => enumValue(`BITS_JOB_PROPERTY_${name}`);

type JobProperty = Parameters<BackgroundCopyJob['getProperty']>[0];
type FileProperty = Parameters<BackgroundCopyFile['getProperty']>[0];

/** With the bytes that the union holds. */
const unions: [name: JobProperty, id: number, value: unknown, bytes: Buffer][] = [
  ['costFlags', id('ID_COST_FLAGS'), 'unrestricted', uint32(0x80000021)],
  ['costFlags', id('ID_COST_FLAGS'), 0x80000001, uint32(0x80000001)],
  ['notificationClsid', id('NOTIFICATION_CLSID'), guid, guidBytes(guid)],
  ['dynamicContent', id('DYNAMIC_CONTENT'), true, uint32(1)],
  ['highPerformance', id('HIGH_PERFORMANCE'), false, uint32(0)],
  ['maxDownloadSize', id('MAX_DOWNLOAD_SIZE'), 2 ** 40, uint64(2 ** 40)],
  ['useStoredCredentials', id('USE_STORED_CREDENTIALS'), 'proxy', uint32(2)],
  ['useStoredCredentials', id('USE_STORED_CREDENTIALS'), 3, uint32(3)],
  ['minimumNotificationIntervalMs', id('MINIMUM_NOTIFICATION_INTERVAL_MS'), 500, uint32(500)],
  ['onDemandMode', id('ON_DEMAND_MODE'), true, uint32(1)],
];

const vtAt = (argument: number, vt: number) => writtenBytes(argument, uint32(vt));
const behind = (argument: number, kind: 'writeBstr' | 'writeBytes', data: Buffer): Step => ({
  kind,
  argument,
  offset: 8,
  data,
});
const text = Buffer.from('{"a":1}', 'utf16le');

/** With the type of the VARIANT, and the step that writes its content. */
const variants: [name: FileProperty, id: number, value: unknown, vt: number, step: Step][] = [
  ['decryptionInfo', 0, '{"a":1}', 8, behind(1, 'writeBstr', text)],
  ['integrityCheckInfo', 1, '{"a":1}', 8, behind(1, 'writeBstr', text)],
  ['integrityCheckMandatory', 2, true, 11, behind(1, 'writeBytes', Buffer.from([255, 255]))],
  ['downloadSinkFilePath', 4, 'C:\\a', 8, behind(1, 'writeBstr', Buffer.from('C:\\a', 'utf16le'))],
  ['totalSizeBytes', 6, 2 ** 40, 21, behind(1, 'writeBytes', uint64(2 ** 40))],
];

function idOf(scene: LibraryScene, row: string): number | undefined {
  return scene.numbers(row).at(-1);
}

/** Makes the only file that the job lists. */
function fileOf(scene: LibraryScene, job: RecordedObject): RecordedObject {
  const object = scene.object();
  const files = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', [object]);
  scene.tell(job, 'IBackgroundCopyJob::EnumFiles', { steps: [files(0)] });
  return object;
}

it('every property of BITS is in the table', async ({ scene, recorded: { object, job } }) => {
  expect(new Set(unions.map(([, number]) => number))).toEqual(
    new Set(enumValues('BITS_JOB_PROPERTY_ID')),
  );
  const names = new Set(unions.map(([name]) => name));
  expect(names.size).toBe(enumValues('BITS_JOB_PROPERTY_ID').length);
  // A file has one.
  expect(enumValues('BITS_FILE_PROPERTY_ID')).toEqual([1]);
  // A bit that no policy has: the flags come through as they are.
  const flags = uint32(0xc000_00ff);
  scene.tell(object, 'IBackgroundCopyJob5::GetProperty', { steps: [writtenBytes(1, flags)] });
  expect(await job.getProperty('costFlags')).toBe(0xc000_00ff);
});

describe("a job's property", () => {
  it.for(unions)('%s, %i: %s', async ([name, number, value, bytes], { scene, recorded }) => {
    const { object, job } = recorded;
    const [get, set] = ['IBackgroundCopyJob5::GetProperty', 'IBackgroundCopyJob5::SetProperty'];
    scene.tell(object, get, { steps: [writtenBytes(1, bytes)] });
    expect(await job.getProperty(name)).toBe(value);
    expect(idOf(scene, get)).toBe(number);

    const copy: Step = { kind: 'copyBytes', argument: 1, data: uint32(bytes.length) };
    scene.tell(object, set, { steps: [copy] });
    await job.setProperty(name, value as never);
    expect(idOf(scene, set)).toBe(number);
    expect(scene.calls(set).at(-1)?.copies).toEqual([bytes.toString('hex')]);
  });

  it('extendedErrorInfo comes from Delivery Optimization', async ({ scene, recorded }) => {
    const row = 'IDeliveryOptimizationJob2::GetProperty';
    expect(await recorded.job.getProperty('extendedErrorInfo')).toBeNull();
    const steps = [vtAt(1, 8), behind(1, 'writeBstr', text)];
    scene.tell(recorded.object, row, { steps });
    expect(await recorded.job.getProperty('extendedErrorInfo')).toBe('{"a":1}');
    expect(idOf(scene, row)).toBe(0);
  });

  it('with a bad name or value is refused before anything is sent', async ({ scene, recorded }) => {
    const { job } = recorded;
    const before = scene.calls().length;
    for (const bad of ['weather', 'toString', 'httpResponseHeaders', 7]) {
      await expect(job.getProperty(bad as never)).rejects.toMatchObject({
        code: 'ERR_INVALID_ARG_VALUE',
        message: expect.stringContaining("'name'") as string,
      });
    }
    for (const [name, value, code] of [
      ['dynamicContent', 1, 'ERR_INVALID_ARG_TYPE'],
      ['maxDownloadSize', -1, 'ERR_OUT_OF_RANGE'],
      ['costFlags', 'cheap', 'ERR_INVALID_ARG_VALUE'],
      ['notificationClsid', 'me', 'ERR_INVALID_ARG_VALUE'],
      ['minimumNotificationIntervalMs', '5', 'ERR_INVALID_ARG_TYPE'],
    ] as const) {
      await expect(job.setProperty(name, value as never)).rejects.toMatchObject({
        code,
        message: expect.stringContaining("'value'") as string,
      });
    }
    expect(scene.calls().slice(before)).toEqual([]);
  });

  it('that the service does not know: the error names it and its first build', async ({
    scene,
    recorded,
  }) => {
    const hresult = hresultOf('BG_E_UNKNOWN_PROPERTY_ID');
    for (const method of ['GetProperty', 'SetProperty']) {
      scene.tell(recorded.object, `IBackgroundCopyJob5::${method}`, { hresult });
    }
    const refused = {
      code: 'BG_E_UNKNOWN_PROPERTY_ID',
      message: expect.stringMatching(
        /'onDemandMode'.* requires Windows build 15063 or later/,
      ) as string,
    };
    await expect(recorded.job.getProperty('onDemandMode')).rejects.toMatchObject(refused);
    await expect(recorded.job.setProperty('onDemandMode', true)).rejects.toMatchObject(refused);
  });

  it('rejects if its interface is missing', async ({ recorded, scene }) => {
    scene.deny(recorded.object, 'IBackgroundCopyJob5');
    await expect(recorded.job.getProperty('costFlags')).rejects.toMatchObject({
      code: 'ERR_DOSVC_INTERFACE_MISSING',
      message: expect.stringContaining('IBackgroundCopyJob5') as string,
    });
  });
});

describe("a file's property", () => {
  it.for(variants)('%s, %i: %s', async ([name, number, value, vt, step], { scene, recorded }) => {
    const object = fileOf(scene, recorded.object);
    const [file] = await recorded.job.enumFiles();
    if (!file) throw new Error('no file');
    const row = 'IDeliveryOptimizationFile2';
    scene.tell(object, `${row}::GetProperty`, { steps: [vtAt(1, vt), step] });
    expect(await file.getProperty(name)).toBe(value);
    expect(idOf(scene, `${row}::GetProperty`)).toBe(number);

    const type: Step = { kind: 'copyBytes', argument: 1, data: uint32(2) };
    const data = { kind: vt === 8 ? 'copyBstr' : 'copyBytes', argument: 1, offset: 8 } as const;
    const size = step.data?.length ?? 0;
    const content: Step = vt === 8 ? { ...data, behind: true } : { ...data, data: uint32(size) };
    scene.tell(object, `${row}::SetProperty`, { steps: [type, content] });
    await file.setProperty(name, value as never);
    expect(idOf(scene, `${row}::SetProperty`)).toBe(number);
    const copies = scene.calls(`${row}::SetProperty`).at(-1)?.copies;
    expect(copies?.[0]).toBe(Buffer.from([vt, 0]).toString('hex'));
    expect(copies?.[1]).toBe(step.data?.toString('hex'));
    await file[Symbol.asyncDispose]();
  });

  it('httpResponseHeaders exists on both services', async ({ scene, recorded }) => {
    const object = fileOf(scene, recorded.object);
    const [file] = await recorded.job.enumFiles();
    scene.tell(object, 'IBackgroundCopyFile5::GetProperty', { steps: [writtenText(1, 'a: b')] });
    expect(await file?.getProperty('httpResponseHeaders')).toBe('a: b');
    expect(idOf(scene, 'IBackgroundCopyFile5::GetProperty')).toBe(1);
    await file?.[Symbol.asyncDispose]();
  });
});

describe('a file added without a path', () => {
  it('has its properties', async ({ scene, recorded }) => {
    const object = scene.object();
    scene.tell(recorded.object, 'IDeliveryOptimizationJob2::AddFile', {
      steps: [writtenObject(5, object, 'IDeliveryOptimizationFile2')],
    });
    const file = await recorded.job.as('IDeliveryOptimizationJob2').addFile('id', 'http://x/', []);
    const set = 'IDeliveryOptimizationFile2::SetProperty';
    await file.setProperty('downloadSinkFilePath', 'C:\\a');
    expect(idOf(scene, set)).toBe(4);
    expect(await file.getProperty('integrityCheckMandatory')).toBeNull();
    await expect(file.setProperty('downloadSinkFilePath', 'a')).rejects.toMatchObject({
      code: 'ERR_INVALID_ARG_VALUE',
    });
    await file[Symbol.asyncDispose]();
  });
});
