// SPDX-License-Identifier: MIT
// What is attached to an updater, what is not and why, and how it is undone.

import { describe, expect, it } from 'vitest';
import { attachBy } from '../../../lib/electron-updater/attachment.js';
import type { AttachOptions } from '../../../lib/electron-updater/options.js';
import { FakeLibrary, FakeUpdater, scenes } from './scene.js';

const scene = scenes();

describe('attach()', () => {
  it('replaces the download of the executor, and nothing else', () => {
    const { attach, updater } = scene();
    const { httpExecutor } = updater;
    void attach();
    expect(updater.httpExecutor).toBe(httpExecutor);
    expect(Object.keys(httpExecutor)).toEqual(['theirs', 'download']);
    expect(updater.said).toEqual([]);
  });

  it('is undone without a trace', async () => {
    const { attach, updater, get } = scene();
    const detach = attach();
    const attached = updater.httpExecutor.download;
    await detach();
    await detach();
    expect(Object.keys(updater.httpExecutor)).toEqual(['theirs']);
    expect(updater.httpExecutor.download).not.toBe(attached);
    await get();
    expect(updater.httpExecutor.theirs).toHaveLength(1);
  });

  it('is undone to the download that the application had set', async () => {
    const { attach, updater } = scene();
    const own = () => Promise.resolve('own');
    updater.httpExecutor.download = own;
    await attach()();
    expect(updater.httpExecutor.download).toBe(own);
  });

  it('does nothing any more below a download that was set later', async () => {
    const { attach, updater, library, get } = scene();
    const detach = attach();
    const { download } = updater.httpExecutor;
    const later: typeof download = (...call) => download(...call);
    updater.httpExecutor.download = later;
    await detach();
    expect(updater.httpExecutor.download).toBe(later);
    await get();
    expect([library.calls.length, updater.httpExecutor.theirs.length]).toEqual([0, 1]);
  });

  it('works again after it was undone, which is undone no more', async () => {
    const { attach, library, get } = scene();
    const detach = attach();
    await detach();
    void attach();
    await detach();
    await get();
    expect(library.calls).toHaveLength(1);
  });

  it('stays when it is called again, whose detach undoes nothing', async () => {
    const { attach, library, updater, get } = scene();
    void attach();
    const again = attach({ cost: 'always' });
    expect(updater.said).toEqual([
      'info dosvc: not attached again: the first attach() of this updater stays, with its options.',
    ]);
    await again();
    await get();
    expect(library.calls).toHaveLength(1);
    expect(library.calls[0]?.options.cost).toBeUndefined();
  });
});

describe('nothing is attached', () => {
  const reasons: [reason: string, prepare: (library: FakeLibrary, updater: FakeUpdater) => void][] =
    [
      [
        process.platform === 'win32'
          ? 'its binary cannot be loaded (docs/electron.md, "Bundle it")'
          : 'this system has no service that it can use',
        (library) => {
          library.supported = false;
        },
      ],
      [
        'this updater is not as those of electron-updater 6.1.8 to 6.8.10: it has no httpExecutor.download()',
        (_, updater) => {
          Object.assign(updater.httpExecutor, { download: undefined });
        },
      ],
      [
        'this updater is not as those of electron-updater 6.1.8 to 6.8.10: it has no httpExecutor.download()',
        (_, updater) => {
          Object.assign(updater, { httpExecutor: null });
        },
      ],
    ];
  it.each(reasons)('because %s', async (reason, prepare) => {
    const { attach, library, updater } = scene();
    prepare(library, updater);
    const executor = updater.httpExecutor as FakeUpdater['httpExecutor'] | null;
    const download = executor?.download;
    const detach = attach();
    expect(updater.said).toEqual([
      `info dosvc: not attached, because ${reason}. electron-updater downloads by itself.`,
    ]);
    expect(executor?.download).toBe(download);
    await detach();
    expect(executor?.download).toBe(download);
  });

  it('without a word where there is no logger', () => {
    const { attach, library, updater } = scene();
    library.supported = false;
    updater.logger = null;
    expect(attach).not.toThrow();
  });
});

describe('an argument is refused', () => {
  it.each([['fetch'], ['key'], ['hash'], ['headers'], ['signal'], ['verify'], ['costs']])(
    'options.%s',
    (name) => {
      const { attach, updater } = scene();
      const { download } = updater.httpExecutor;
      const options = { [name]: () => undefined } as AttachOptions;
      expect(() => attach(options)).toThrow(
        expect.objectContaining({
          name: 'TypeError',
          code: 'ERR_INVALID_ARG_VALUE',
          message: expect.stringContaining(`'${name}'`) as string,
        }),
      );
      expect(updater.httpExecutor.download).toBe(download);
    },
  );

  it.each<[value: object, code: string]>([
    [{ cost: 'no_roaming' }, 'ERR_INVALID_ARG_VALUE'],
    [{ priority: 'low' }, 'ERR_INVALID_ARG_VALUE'],
    [{ routes: ['BITS'] }, 'ERR_INVALID_ARG_VALUE'],
    [{ routes: [] }, 'ERR_INVALID_ARG_VALUE'],
    [{ routes: 'bits' }, 'ERR_INVALID_ARG_TYPE'],
    [{ timeout: 0 }, 'ERR_OUT_OF_RANGE'],
    [{ retryDelay: 4999 }, 'ERR_OUT_OF_RANGE'],
    [{ stallTimeout: true }, 'ERR_INVALID_ARG_TYPE'],
    [{ onProgress: 'log' }, 'ERR_INVALID_ARG_TYPE'],
    [{ onFailedAttempt: {} }, 'ERR_INVALID_ARG_TYPE'],
  ])('the value of %j', (options, code) => {
    const { attach, library, updater } = scene();
    // On every system: a mistake is not only found where the services are.
    library.supported = false;
    const [name] = Object.keys(options);
    expect(() => attach(options)).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringContaining(`The argument 'options.${String(name)}`) as string,
      }),
    );
    expect(updater.said).toEqual([]);
  });

  it('the route http, whose place electron-updater takes', () => {
    const { attach } = scene();
    const routes = ['bits', 'http'] as unknown as AttachOptions['routes'];
    expect(() => attach({ routes })).toThrow(/'options.routes' must not have 'http'/);
  });

  it.each([null, 'bits', []])('options that are %j', (options) => {
    const { attach } = scene();
    expect(() => attach(options as AttachOptions)).toThrow(/'options' must be a plain object/);
  });

  it.each([undefined, null, 'autoUpdater'])('an updater that is %j', (updater) => {
    expect(() => attachBy(new FakeLibrary(), updater as unknown as FakeUpdater, {})).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
    );
  });
});
