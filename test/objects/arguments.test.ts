// SPDX-License-Identifier: MIT
// Bad input: every method rejects it, naming the argument, before anything is sent.

import { BackgroundCopyManager } from 'dosvc';
import { afterEach, describe, expect, vi } from 'vitest';
import { binding, it, type Recorded } from './library-scene.js';
import { refuses } from './refusal.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('bad input is rejected by', () => {
  it('connect', async () => {
    await refuses(BackgroundCopyManager, 'connect', [
      ['options', 'ERR_INVALID_ARG_TYPE', [null]],
      ['options', 'ERR_INVALID_ARG_TYPE', ['bits']],
      ['options', 'ERR_INVALID_ARG_TYPE', [() => undefined]],
      ['options', 'ERR_INVALID_ARG_VALUE', [{ servce: 'bits' }]],
      ['options.service', 'ERR_INVALID_ARG_TYPE', [{ service: 1 }]],
      ['options.service', 'ERR_INVALID_ARG_TYPE', [{ service: null }]],
      ['options.service', 'ERR_INVALID_ARG_VALUE', [{ service: '' }]],
      ['options.service', 'ERR_INVALID_ARG_VALUE', [{ service: 'http' }]],
      ['options.service', 'ERR_INVALID_ARG_VALUE', [{ service: 'toString' }]],
      ['options.callTimeout', 'ERR_INVALID_ARG_TYPE', [{ callTimeout: '1' }]],
      ['options.callTimeout', 'ERR_OUT_OF_RANGE', [{ callTimeout: 0 }]],
      ['options.callTimeout', 'ERR_OUT_OF_RANGE', [{ callTimeout: 1.5 }]],
      ['options.callTimeout', 'ERR_OUT_OF_RANGE', [{ callTimeout: Infinity }]],
      ['options.pollInterval', 'ERR_INVALID_ARG_TYPE', [{ pollInterval: 10n }]],
      ['options.pollInterval', 'ERR_OUT_OF_RANGE', [{ pollInterval: NaN }]],
      ['options.pollInterval', 'ERR_OUT_OF_RANGE', [{ pollInterval: 2 ** 31 }]],
    ]);
  });

  it('createJob', async ({ scene: { manager } }) => {
    await refuses(manager, 'createJob', [
      ['displayName', 'ERR_INVALID_ARG_TYPE', []],
      ['displayName', 'ERR_INVALID_ARG_TYPE', [Symbol('name')]],
      ['displayName', 'ERR_INVALID_ARG_VALUE', ['']],
      ['displayName', 'ERR_INVALID_ARG_VALUE', ['x'.repeat(257)]],
      ['displayName', 'ERR_INVALID_ARG_VALUE', ['half\0name']],
      ['type', 'ERR_INVALID_ARG_TYPE', ['dosvc test', null]],
      ['type', 'ERR_INVALID_ARG_TYPE', ['dosvc test', 0]],
      ['type', 'ERR_INVALID_ARG_VALUE', ['dosvc test', 'sideload']],
      ['type', 'ERR_INVALID_ARG_VALUE', ['dosvc test', 'constructor']],
    ]);
  });

  it('getJob', async ({ scene: { manager } }) => {
    await refuses(manager, 'getJob', [
      ['id', 'ERR_INVALID_ARG_TYPE', []],
      ['id', 'ERR_INVALID_ARG_TYPE', [{ id: '' }]],
      ['id', 'ERR_INVALID_ARG_VALUE', ['']],
      ['id', 'ERR_INVALID_ARG_VALUE', ['{4991d34b-80a1-4291-83b6-3328366b9097']],
      ['id', 'ERR_INVALID_ARG_VALUE', ['4991d34b-80a1-4291-83b6-3328366b909']],
      ['id', 'ERR_INVALID_ARG_VALUE', ['g991d34b-80a1-4291-83b6-3328366b9097']],
    ]);
  });

  it('addFile', async ({ recorded: { job } }) => {
    const [url, path] = ['http://127.0.0.1/file.bin', 'C:\\file.bin'];
    await refuses(job, 'addFile', [
      ['url', 'ERR_INVALID_ARG_TYPE', []],
      ['url', 'ERR_INVALID_ARG_TYPE', [{ href: url }, path]],
      ['url', 'ERR_INVALID_ARG_VALUE', [new URL('ftp://127.0.0.1/file.bin'), path]],
      ['url', 'ERR_INVALID_ARG_VALUE', ['', path]],
      ['url', 'ERR_INVALID_ARG_VALUE', ['file.bin', path]],
      ['url', 'ERR_INVALID_ARG_VALUE', ['ftp://127.0.0.1/file.bin', path]],
      ['url', 'ERR_INVALID_ARG_VALUE', ['http://', path]],
      ['url', 'ERR_INVALID_ARG_VALUE', [`${url}?${'x'.repeat(2200)}`, path]],
      ['path', 'ERR_INVALID_ARG_TYPE', [url]],
      ['path', 'ERR_INVALID_ARG_TYPE', [url, 7]],
      ['path', 'ERR_INVALID_ARG_VALUE', [url, '']],
      ['path', 'ERR_INVALID_ARG_VALUE', [url, 'file.bin']],
      ['path', 'ERR_INVALID_ARG_VALUE', [url, '..\\file.bin']],
      ['path', 'ERR_INVALID_ARG_VALUE', [url, '\\file.bin']],
      ['path', 'ERR_INVALID_ARG_VALUE', [url, 'C:file.bin']],
      ['path', 'ERR_INVALID_ARG_VALUE', [url, 'C:\\half\0name']],
      ['path', 'ERR_INVALID_ARG_VALUE', [url, 'C:\\nul.bin']],
      ['path', 'ERR_INVALID_ARG_VALUE', [url, 'C:\\file.bin:stream']],
      ['path', 'ERR_INVALID_ARG_VALUE', [url, 'C:\\'.padEnd(260, 'x')]],
    ]);
  });

  it('on', ({ recorded: { job } }: { recorded: Recorded }) => {
    const bad = 'no function' as unknown as () => void;
    const subscribe = vi.spyOn(binding, 'subscribe');
    expect(() => job.on('transferred', bad)).toThrow(TypeError);
    expect(subscribe).not.toHaveBeenCalled();
  });
});
