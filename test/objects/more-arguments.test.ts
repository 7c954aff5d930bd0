// SPDX-License-Identifier: MIT
// Bad input of the other methods: sets of files, ranges, settings, waiting.

import { inspect } from 'node:util';
import { afterEach, describe, expect, vi } from 'vitest';
import { binding, it, type Recorded } from './library-scene.js';
import { expectRefusal, numbers, refuses, type Case } from './refusal.js';

const url = 'http://127.0.0.1/file.bin';
const path = 'C:\\file.bin';
const file = { remoteName: url, localName: path };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('bad input is rejected by', () => {
  it('addFile, in its options', async ({ recorded: { job } }) => {
    const given = (options: unknown) => [url, path, options];
    await refuses(job, 'addFile', [
      ['options', 'ERR_INVALID_ARG_TYPE', given(null)],
      ['options', 'ERR_INVALID_ARG_TYPE', given('fast')],
      ['options', 'ERR_INVALID_ARG_VALUE', given({ range: [] })],
      ['options.fileId', 'ERR_INVALID_ARG_TYPE', given({ fileId: 1 })],
      ['options.fileId', 'ERR_INVALID_ARG_VALUE', given({ fileId: '' })],
      ['options.size', 'ERR_INVALID_ARG_TYPE', given({ size: '5' })],
      ['options.size', 'ERR_OUT_OF_RANGE', given({ size: -1 })],
      ['options.size', 'ERR_OUT_OF_RANGE', given({ size: 2 ** 53 })],
    ]);
  });

  it('addFile, in its ranges', async ({ recorded: { job } }) => {
    const given = (ranges: unknown) => [url, path, { ranges }];
    const one = { offset: 0, length: 10 };
    const overlapping = [
      [one, { offset: 9, length: 1 }],
      [{ offset: 9, length: 1 }, one],
      [one, one],
      [
        { offset: 0, length: 'toEnd' },
        { offset: 100, length: 1 },
      ],
    ];
    await refuses(job, 'addFile', [
      ['options.ranges', 'ERR_INVALID_ARG_TYPE', given(null)],
      ['options.ranges', 'ERR_INVALID_ARG_TYPE', given(one)],
      ['options.ranges', 'ERR_INVALID_ARG_VALUE', given([])],
      ['options.ranges[0]', 'ERR_INVALID_ARG_TYPE', given([[0, 10]].map(String))],
      ['options.ranges[1]', 'ERR_INVALID_ARG_TYPE', given([one, null])],
      ['options.ranges[0].offset', 'ERR_INVALID_ARG_TYPE', given([{ length: 10 }])],
      ['options.ranges[0].offset', 'ERR_INVALID_ARG_TYPE', given([{ offset: 0n, length: 10 }])],
      ['options.ranges[0].offset', 'ERR_OUT_OF_RANGE', given([{ offset: -1, length: 10 }])],
      ['options.ranges[0].length', 'ERR_INVALID_ARG_TYPE', given([{ offset: 0 }])],
      ['options.ranges[0].length', 'ERR_INVALID_ARG_TYPE', given([{ offset: 0, length: 'end' }])],
      ['options.ranges[0].length', 'ERR_OUT_OF_RANGE', given([{ offset: 0, length: 0 }])],
      ['options.ranges[0].length', 'ERR_OUT_OF_RANGE', given([{ offset: 0, length: 1.5 }])],
      ['options.ranges[0].length', 'ERR_OUT_OF_RANGE', given([{ offset: 0, length: 2 ** 64 }])],
      ...overlapping.map((ranges): Case => [
        'options.ranges',
        'ERR_INVALID_ARG_VALUE',
        given(ranges),
      ]),
    ]);
  });

  it('addFileSet', async ({ recorded: { job } }) => {
    await refuses(job, 'addFileSet', [
      ['files', 'ERR_INVALID_ARG_TYPE', []],
      ['files', 'ERR_INVALID_ARG_TYPE', [file]],
      ['files', 'ERR_INVALID_ARG_VALUE', [[]]],
      ['files[0]', 'ERR_INVALID_ARG_TYPE', [[url]]],
      ['files[1]', 'ERR_INVALID_ARG_TYPE', [[file, null]]],
      ['files[0].remoteName', 'ERR_INVALID_ARG_TYPE', [[{ url, path }]]],
      ['files[1].remoteName', 'ERR_INVALID_ARG_VALUE', [[file, { ...file, remoteName: 'x' }]]],
      ['files[0].remoteName', 'ERR_INVALID_ARG_VALUE', [[{ ...file, remoteName: tooLong }]]],
      ['files[0].localName', 'ERR_INVALID_ARG_TYPE', [[{ remoteName: url }]]],
      ['files[0].localName', 'ERR_INVALID_ARG_VALUE', [[{ ...file, localName: 'file.bin' }]]],
    ]);
  });
  const tooLong = 'http://127.0.0.1/'.padEnd(2201, 'x');

  it('setDisplayName, setDescription and setPriority', async ({ recorded: { job } }) => {
    await refuses(job, 'setDisplayName', [
      ['displayName', 'ERR_INVALID_ARG_TYPE', []],
      ['displayName', 'ERR_INVALID_ARG_VALUE', ['']],
      ['displayName', 'ERR_INVALID_ARG_VALUE', ['x'.repeat(257)]],
    ]);
    await refuses(job, 'setDescription', [
      ['description', 'ERR_INVALID_ARG_TYPE', [null]],
      ['description', 'ERR_INVALID_ARG_VALUE', ['x'.repeat(1025)]],
      ['description', 'ERR_INVALID_ARG_VALUE', ['half\0text']],
    ]);
    await refuses(job, 'setPriority', [
      ['priority', 'ERR_INVALID_ARG_TYPE', []],
      ['priority', 'ERR_INVALID_ARG_TYPE', [0]],
      ['priority', 'ERR_INVALID_ARG_VALUE', ['highest']],
    ]);
  });

  it('the setters of flags and seconds', async ({ recorded: { job } }) => {
    await refuses(job, 'setNotifyFlags', numbers('flags'));
    await refuses(job, 'setMinimumRetryDelay', numbers('seconds'));
    await refuses(job, 'setNoProgressTimeout', numbers('seconds'));
  });

  it('setProxySettings', async ({ recorded: { job } }) => {
    await refuses(job, 'setProxySettings', [
      ['usage', 'ERR_INVALID_ARG_TYPE', []],
      ['usage', 'ERR_INVALID_ARG_VALUE', ['always']],
      ['proxyList', 'ERR_INVALID_ARG_TYPE', ['override', 8080]],
      ['proxyList', 'ERR_INVALID_ARG_VALUE', ['override', '']],
      ['proxyBypassList', 'ERR_INVALID_ARG_TYPE', ['override', 'proxy:8080', ['localhost']]],
    ]);
  });

  it('setNotifyInterface', async ({ recorded: { job } }) => {
    const bad = 'no function';
    await refuses(job, 'setNotifyInterface', [
      ['callback', 'ERR_INVALID_ARG_TYPE', []],
      ['callback', 'ERR_INVALID_ARG_TYPE', [() => undefined]],
      ['callback.jobTransferred', 'ERR_INVALID_ARG_TYPE', [{ jobTransferred: bad }]],
      ['callback.jobError', 'ERR_INVALID_ARG_TYPE', [{ jobError: null }]],
      ['callback.jobModification', 'ERR_INVALID_ARG_TYPE', [{ jobModification: {} }]],
    ]);
    expect(await job.getNotifyInterface()).toBeNull();
  });

  it("the manager's enumJobs and getErrorDescription", async ({ scene: { manager } }) => {
    await refuses(manager, 'enumJobs', [
      ['options', 'ERR_INVALID_ARG_TYPE', [true]],
      ['options', 'ERR_INVALID_ARG_VALUE', [{ everybody: true }]],
      ['options.allUsers', 'ERR_INVALID_ARG_TYPE', [{ allUsers: 'yes' }]],
    ]);
    await refuses(manager, 'getErrorDescription', [
      ...numbers('hresult').filter(([, , args]) => args[0] !== -1),
      ['hresult', 'ERR_INVALID_ARG_TYPE', [-1n]],
      ['hresult', 'ERR_INVALID_ARG_TYPE', [Symbol('code')]],
      ['hresult', 'ERR_OUT_OF_RANGE', [-(2 ** 31) - 1]],
      ['languageId', 'ERR_INVALID_ARG_TYPE', [0, 'en']],
      ['languageId', 'ERR_OUT_OF_RANGE', [0, -1]],
    ]);
  });

  it("a file's methods", async ({ scene, recorded: { object, job } }) => {
    const files = [scene.object()];
    const step = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', files);
    scene.tell(object, 'IBackgroundCopyJob::EnumFiles', { steps: [step(0)] });
    const [added] = await job.enumFiles();
    if (added === undefined) throw new Error('no file');
    await refuses(added, 'setRemoteName', [
      ['url', 'ERR_INVALID_ARG_TYPE', []],
      ['url', 'ERR_INVALID_ARG_VALUE', ['ftp://127.0.0.1/file.bin']],
    ]);
    await refuses(added, 'setValidationState', [
      ['valid', 'ERR_INVALID_ARG_TYPE', []],
      ['valid', 'ERR_INVALID_ARG_TYPE', [1]],
    ]);
    await refuses(added, 'updateDownloadPosition', [
      ['offset', 'ERR_INVALID_ARG_TYPE', [null]],
      ['offset', 'ERR_OUT_OF_RANGE', [-1]],
      ['offset', 'ERR_OUT_OF_RANGE', [2 ** 53]],
    ]);
    await refuses(added, 'requestFileRanges', [
      ['ranges', 'ERR_INVALID_ARG_TYPE', []],
      ['ranges', 'ERR_INVALID_ARG_VALUE', [[]]],
      ['ranges[0].offset', 'ERR_INVALID_ARG_TYPE', [[{ length: 10 }]]],
      ['ranges[0].length', 'ERR_OUT_OF_RANGE', [[{ offset: 0, length: 0 }]]],
      ['ranges[1].length', 'ERR_INVALID_ARG_TYPE', [[{ offset: 0, length: 1 }, { offset: 2 }]]],
    ]);
  });

  it('wait and watch', async ({ recorded: { job } }) => {
    const cases: Case[] = [
      ['options', 'ERR_INVALID_ARG_TYPE', [null]],
      ['options', 'ERR_INVALID_ARG_TYPE', [1000]],
      ['options', 'ERR_INVALID_ARG_VALUE', [{ timout: 1000 }]],
      ['options.signal', 'ERR_INVALID_ARG_TYPE', [{ signal: { aborted: false } }]],
      ['options.signal', 'ERR_INVALID_ARG_TYPE', [{ signal: null }]],
      ['options.timeout', 'ERR_INVALID_ARG_TYPE', [{ timeout: '1000' }]],
      ['options.timeout', 'ERR_OUT_OF_RANGE', [{ timeout: 0 }]],
      ['options.timeout', 'ERR_OUT_OF_RANGE', [{ timeout: 2 ** 31 }]],
      ['options.stallTimeout', 'ERR_INVALID_ARG_TYPE', [{ stallTimeout: 1n }]],
      ['options.stallTimeout', 'ERR_OUT_OF_RANGE', [{ stallTimeout: Infinity }]],
    ];
    await refuses(job, 'wait', cases);
    for (const [argument, code, [options]] of cases) {
      const watch = job.watch(options as object);
      const error = await watch.next().catch((error: unknown) => error);
      expectRefusal(error, argument, code);
    }
  });

  it('as', ({ recorded: { job } }: { recorded: Recorded }) => {
    const invoke = vi.spyOn(binding, 'invoke');
    const asked = (name: unknown) => () => job.as(name as 'IBackgroundCopyJob3');
    for (const name of ['IBackgroundCopyJob', 'IBackgroundCopyFile2', 'toString', '']) {
      expect(asked(name)).toThrow(`Received ${inspect(name)}`);
    }
    expect(asked(undefined)).toThrow(/^The argument 'name' must be one of 'IBackgroundCopyJob2'/);
    expect(invoke).not.toHaveBeenCalled();
  });
});

describe('a later interface', () => {
  it('refuses a method that it does not have', async ({ recorded: { job } }) => {
    const methods = job.as('IBackgroundCopyJob3') as unknown as { fly: () => Promise<void> };
    await expect(methods.fly()).rejects.toMatchObject({
      name: 'TypeError',
      code: 'ERR_INVALID_ARG_VALUE',
      message: expect.stringContaining('IBackgroundCopyJob3::Fly') as string,
    });
  });
});
