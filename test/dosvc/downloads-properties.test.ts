// SPDX-License-Identifier: MIT
// Every property of a download through the library: its value, its access, the first build that has
// it, and the error for invalid use.

import {
  downloadProperties,
  type Download,
  type DownloadProperties,
  type DownloadProperty,
  type SettableDownloadProperties,
} from 'dosvc';
import { describe, expect } from 'vitest';
import { it, reach } from '../stand-in/client/downloads.js';
import { bytesOf } from '../http/served.js';

/** Calls that the types do not allow. */
interface Loose {
  getProperty(name: string): Promise<unknown>;
  setProperty(name: string, value: unknown): Promise<void>;
}
const loosely = (download: Download) => download as unknown as Loose;

const names = Object.keys(downloadProperties) as DownloadProperty[];
const of = (access: string) => names.filter((name) => downloadProperties[name].access === access);

const values = {
  uri: 'https://example.com/file',
  contentId: 'a content',
  displayName: 'ünïcödé 名',
  localPath: 'C:\\folder\\file.bin',
  httpCustomHeaders: 'X-One: 1\r\nX-Two: 2\r\n',
  costPolicy: 'no-surcharge',
  callbackFreqPercent: 5,
  callbackFreqSeconds: 0xffff_ffff,
  noProgressTimeoutSeconds: 60,
  foregroundPriority: true,
  correlationVector: 'abc.1',
  integrityCheckMandatory: true,
  totalSizeBytes: 2 ** 53 - 1,
  disallowOnCellular: true,
  httpCustomAuthHeaders: 'Authorization: x\r\n',
  httpAllowSecureToNonSecureRedirect: true,
  nonVolatile: false,
} as const satisfies Partial<DownloadProperties>;

const writeOnly = {
  securityFlags: 0x100,
  networkToken: false,
  decryptionInfo: '{}',
  integrityCheckInfo: '{"HashOfHashes":"x"}',
} as const satisfies Partial<SettableDownloadProperties>;

describe('a value can be read back', () => {
  it.for(Object.entries(values))('after setting %s to %j', async ([name, value], { downloads }) => {
    const download = await downloads.createDownload();
    await loosely(download).setProperty(name, value);
    expect(await loosely(download).getProperty(name)).toBe(value);
    if (typeof value !== 'boolean') return;
    await loosely(download).setProperty(name, !value);
    expect(await loosely(download).getProperty(name)).toBe(!value);
  });

  it('after createDownload() sets it', async ({ downloads }) => {
    const { foregroundPriority, ...more } = { ...values };
    const all = { ...more, ...writeOnly, foreground: !foregroundPriority };
    const download = await downloads.createDownload(all);
    for (const [name, value] of Object.entries(more)) {
      expect(await loosely(download).getProperty(name), name).toBe(value);
    }
    expect(await download.getProperty('foregroundPriority')).toBe(false);
  });
});

describe('access to a property is restricted:', () => {
  it.for(of('write-only'))('%s cannot be read', async (name, { downloads }) => {
    const download = await downloads.createDownload();
    await expect(loosely(download).getProperty(name)).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'DO_E_WRITE_ONLY_PROPERTY',
      hresult: 0x80d02015,
      operation: 'IDODownload::GetProperty',
      message: expect.stringContaining(`'${name}'`) as string,
    });
  });

  it.for(of('read-only'))('%s cannot be set', async (name, { downloads }) => {
    const download = await downloads.createDownload();
    const value = name === 'httpStatusCode' ? 1 : 'x';
    await expect(loosely(download).setProperty(name, value)).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'DO_E_READ_ONLY_PROPERTY',
      hresult: 0x80d02012,
      message: expect.stringContaining(`'${name}'`) as string,
    });
  });

  it.for(Object.entries(writeOnly))('%s can be set', async ([name, value], { downloads }) => {
    const download = await downloads.createDownload();
    await loosely(download).setProperty(name, value);
  });

  it('the service validates a certificate', async ({ downloads }) => {
    const download = await downloads.createDownload();
    const nonsense = new Uint8Array([1, 2, 3]);
    await expect(download.setProperty('securityContext', nonsense)).rejects.toMatchObject({
      code: 'CRYPT_E_FILE_ERROR',
    });
  });

  it.for([
    ['blockingMode', true],
    ['blockingMode', false],
    ['callbackInterface', {}],
    ['streamInterface', null],
  ] as const)('%s cannot be set to a value', async ([name, value], { control, downloads }) => {
    const download = await downloads.createDownload();
    const row = 'calls IDODownload::SetProperty';
    const before = await control.count(row);
    await expect(loosely(download).setProperty(name, value)).rejects.toMatchObject({
      name: 'TypeError',
      code: 'ERR_INVALID_ARG_VALUE',
      message: expect.stringContaining(`'${name}'`) as string,
    });
    expect(await control.count(row)).toBe(before);
    const options = { [name]: value };
    await expect(downloads.createDownload(options)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARG_VALUE',
    });
  });

  it('blockingMode can be read', async ({ downloads }) => {
    const download = await downloads.createDownload();
    expect(await download.getProperty('blockingMode')).toBe(false);
  });
});

describe('a property', () => {
  it('that was never set rejects with E_NOT_SET', async ({ downloads }) => {
    const download = await downloads.createDownload();
    await expect(download.getProperty('displayName')).rejects.toMatchObject({
      name: 'DosvcError',
      hresult: 0x80070490,
      names: expect.arrayContaining(['E_NOT_SET']) as string[],
      message: expect.stringContaining("'displayName'") as string,
    });
  });

  it.for(names.filter((name) => downloadProperties[name].since > 17_763))(
    'of a later Windows reports the build that introduced %s',
    async (name, { control, downloads }) => {
      const { since, access } = downloadProperties[name];
      const download = await downloads.createDownload();
      await control.setSwitch('build', since - 1);
      const error = {
        code: 'DO_E_UNKNOWN_PROPERTY_ID',
        hresult: 0x80d02011,
        message: expect.stringMatching(
          new RegExp(`'${name}'.* requires Windows build ${String(since)} or later`),
        ) as string,
      };
      if (access === 'write-only') {
        await expect(loosely(download).setProperty(name, '{}')).rejects.toMatchObject(error);
      } else {
        await expect(loosely(download).getProperty(name)).rejects.toMatchObject(error);
      }
    },
  );

  it('with an unknown name is refused', async ({ downloads }) => {
    const download = await downloads.createDownload();
    for (const name of ['colour', 'toString', '__proto__']) {
      const error = { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' };
      await expect(loosely(download).getProperty(name)).rejects.toMatchObject(error);
      await expect(loosely(download).setProperty(name, 1)).rejects.toMatchObject(error);
    }
    const options = { colour: 'red' } as object;
    await expect(downloads.createDownload(options)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARG_VALUE',
    });
  });

  it.for<[string, unknown, string]>([
    ['uri', 5, 'ERR_INVALID_ARG_TYPE'],
    ['displayName', null, 'ERR_INVALID_ARG_TYPE'],
    ['displayName', 'a\0b', 'ERR_INVALID_ARG_VALUE'],
    ['localPath', 'file.bin', 'ERR_INVALID_ARG_VALUE'],
    ['costPolicy', 'cheap', 'ERR_INVALID_ARG_VALUE'],
    ['callbackFreqSeconds', '1', 'ERR_INVALID_ARG_TYPE'],
    ['callbackFreqSeconds', -1, 'ERR_OUT_OF_RANGE'],
    ['callbackFreqSeconds', 2 ** 32, 'ERR_OUT_OF_RANGE'],
    ['callbackFreqPercent', 0.5, 'ERR_OUT_OF_RANGE'],
    ['foregroundPriority', 1, 'ERR_INVALID_ARG_TYPE'],
    ['totalSizeBytes', 2 ** 53, 'ERR_OUT_OF_RANGE'],
    ['securityContext', [1], 'ERR_INVALID_ARG_TYPE'],
  ])('with an invalid value is refused: %s %j', async ([name, value, code], { downloads }) => {
    const download = await downloads.createDownload();
    await expect(loosely(download).setProperty(name, value)).rejects.toMatchObject({ code });
    const options = { [name]: value } as object;
    await expect(downloads.createDownload(options)).rejects.toMatchObject({ code });
  });

  it('that is set too late rejects with DO_E_INVALID_STATE', async ({ server, create }) => {
    const download = await create(server.serve('file', { content: bytesOf(10) }));
    await download.start();
    await reach(download, 'transferred');
    await expect(download.setProperty('localPath', 'C:\\other.bin')).rejects.toMatchObject({
      code: 'DO_E_INVALID_STATE',
    });
  });

  it('describes the last response', async ({ server, create }) => {
    const download = await create(server.serve('file', { content: bytesOf(10) }));
    await download.start();
    await download.wait();
    expect([200, 206]).toContain(await download.getProperty('httpStatusCode'));
    expect(await download.getProperty('httpServerIpAddress')).toContain('127.0.0.1');
    expect(await download.getProperty('httpResponseHeaders')).toMatch(/^content-length:/im);
    expect(await download.getProperty('totalSizeBytes')).toBe(10);
  });

  it('sets the headers of the request', async ({ server, create }) => {
    const uri = server.serve('file', { content: bytesOf(10) });
    const download = await create(uri, { httpCustomHeaders: 'X-One: 1\r\nX-Two: 2\r\n' });
    await download.start();
    await download.wait();
    expect(server.asked.at(-1)?.headers).toMatchObject({ 'x-one': '1', 'x-two': '2' });
  });
});

describe('a createDownload() that is refused midway', () => {
  it('leaves no download behind, and names the property', async ({ control, downloads }) => {
    await expect(
      downloads.createDownload({ displayName: 'x', integrityCheckInfo: 'no JSON' }),
    ).rejects.toMatchObject({
      code: 'E_INVALIDARG',
      operation: 'IDODownload::SetProperty',
      message: expect.stringContaining("'integrityCheckInfo'") as string,
    });
    await expect.poll(() => control.count('downloads')).toBe(0);
  });
});
