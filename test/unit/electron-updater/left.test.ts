// SPDX-License-Identifier: MIT
// What is left to electron-updater's own download, and what ends a download for good.

import { describe, expect, it } from 'vitest';
import { DosvcError } from '../../../lib/errors.js';
import { TransferError } from '../../../lib/transfer/transfer-error.js';
import { rejection } from '../../promises/rejection.js';
import { scenes, url } from './scene.js';

const scene = scenes();

describe('a download is left to electron-updater', () => {
  it('if its feed gives no hash', async () => {
    const { attach, get, updater, library, delivered } = scene();
    void attach();
    await get({ sha512: null });
    await get({ sha512: null });
    expect(delivered()).toBe('theirs');
    expect(library.calls).toEqual([]);
    expect(updater.said).toEqual([
      'info dosvc: a download is left to electron-updater, because its feed gives no sha512.',
    ]);
  });

  const address = 'it names no address and file as expected';
  const token = 'it has no cancellationToken as expected';
  it.each([
    ['an address that is text', [url.href, 'C:\\app.exe', {}], address],
    ['no file', [url, null, {}], address],
    ['no options', [url, 'C:\\app.exe'], token],
    ['another token', [url, 'C:\\app.exe', { cancellationToken: new AbortController() }], token],
  ])('if its call has %s', async (_, call, why) => {
    const { attach, updater, library } = scene();
    const theirs: unknown[][] = [];
    updater.httpExecutor.download = (...given: unknown[]) => {
      theirs.push(given);
      return Promise.resolve('theirs');
    };
    void attach();
    const download = updater.httpExecutor.download as (...given: unknown[]) => Promise<string>;
    expect(await download(...call)).toBe('theirs');
    expect(theirs).toEqual([call]);
    expect(library.calls).toEqual([]);
    expect(updater.said).toEqual([
      `info dosvc: a download is left to electron-updater, because ${why}.`,
    ]);
  });

  it.each([
    ['off', new DosvcError('The service is off.', { code: 'ERROR_SERVICE_DISABLED' })],
    ['no route', new TransferError('No route.', { code: 'ERROR_SERVICE_DISABLED' })],
    ['wrong content', new TransferError('Wrong.', { code: 'ERR_DOSVC_HASH_MISMATCH' })],
    [
      'a refusal',
      new TransferError('404.', { code: 'E', hresult: 0x80190194, final: true, attempts: [] }),
    ],
    ['an argument', Object.assign(new TypeError('host'), { code: 'ERR_INVALID_ARG_VALUE' })],
    ['a listener', new Error('thrown')],
  ])('if the services fail: %s', async (_, error) => {
    const { attach, get, updater, library, delivered } = scene();
    void attach();
    library.script = () => Promise.reject(error);
    await get();
    expect(delivered()).toBe('theirs');
    expect(updater.said).toEqual([
      `warn dosvc: electron-updater continues by itself: ${error.message}`,
    ]);
  });
});

describe('a download fails', () => {
  it.each([
    ['a full disk', new DosvcError('Full.', { code: 'ERROR_DISK_FULL' })],
    ['a policy', new TransferError('No.', { code: 'BG_E_BLOCKED_BY_POLICY', final: true })],
  ])(
    'with %s, which electron-updater would meet, too, or must not circumvent',
    async (_, error) => {
      const { attach, get, updater, library } = scene();
      void attach();
      library.script = () => Promise.reject(error);
      expect(await rejection(get())).toBe(error);
      expect(updater.httpExecutor.theirs).toEqual([]);
    },
  );
});

describe('the session’s proxy', () => {
  const windows = { machine: 'none', user: 'none', script: 'none' };
  const user = { ...windows, user: 'proxy:8080, other' };
  it.each([
    ['DIRECT', null, true],
    ['', null, true],
    ['PROXY proxy:8080', null, false],
    ['PROXY proxy:8080; DIRECT', windows, false],
    ['PROXY proxy:8080; DIRECT', user, true],
    ['PROXY PROXY:8080', user, true],
    ['PROXY other:80', user, true],
    ['PROXY proxy:9090', user, false],
    ['DIRECT; PROXY proxy:9090', user, true],
    ['PROXY machine', { ...windows, machine: 'machine' }, true],
    ['PROXY anything:1', { ...windows, script: 'pac.example' }, true],
    ['HTTPS proxy:8080', user, true],
    ['SOCKS5 proxy:8080', user, false],
  ])('%s, where Windows has %j, leaves it to the services: %s', async (resolved, has, left) => {
    const { attach, get, updater, library } = scene();
    const resolvedFor: string[] = [];
    updater.netSession = {
      resolveProxy: (address) => {
        resolvedFor.push(address);
        return Promise.resolve(resolved);
      },
    };
    library.proxies = has;
    void attach();
    await get();
    await get();
    expect(resolvedFor).toEqual([url.href, url.href]);
    expect([library.calls.length, updater.httpExecutor.theirs.length]).toEqual(
      left ? [2, 0] : [0, 2],
    );
    const said = updater.said.filter((line) => line.includes('which Windows does not'));
    expect(said).toHaveLength(left ? 0 : 1);
  });

  it.each([
    ['none', () => undefined],
    [
      'one that throws, as outside of Electron',
      () => {
        throw new Error(`Cannot find module 'electron'`);
      },
    ],
    ['one that rejects', () => ({ resolveProxy: () => Promise.reject(new Error('no')) })],
  ])('of no session is none: %s', async (_, session) => {
    const { attach, get, updater, library } = scene();
    Object.defineProperty(updater, 'netSession', { get: session });
    void attach();
    await get();
    expect(library.calls).toHaveLength(1);
  });
});
