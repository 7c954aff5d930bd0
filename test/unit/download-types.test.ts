// SPDX-License-Identifier: MIT
// The public types of downloads: as types.test.ts.

import type {
  DosvcError,
  Download,
  DownloadCostPolicy,
  DownloadError,
  DownloadManager,
  downloadProperties,
  DownloadProperties,
  DownloadProperty,
  DownloadState,
  DownloadStatus,
  DownloadWarning,
  Open,
  SettableDownloadProperties,
} from 'dosvc';
import type { Readable } from 'node:stream';
import { describe, expectTypeOf, it } from 'vitest';

type Awaits<Method extends (...args: never) => unknown> = Awaited<ReturnType<Method>>;

describe('downloads', () => {
  const compiledDownload = (code: (download: Download, manager: DownloadManager) => unknown) =>
    code;

  it('have a status of literals, with null for what may be missing', () => {
    expectTypeOf<DownloadState>().toEqualTypeOf<
      'created' | 'transferring' | 'transferred' | 'finalized' | 'aborted' | 'paused'
    >();
    expectTypeOf<Awaits<Download['getStatus']>>().toEqualTypeOf<DownloadStatus>();
    expectTypeOf<DownloadStatus['state']>().toEqualTypeOf<Open<DownloadState>>();
    expectTypeOf<DownloadStatus['bytesTotal']>().toEqualTypeOf<number | null>();
    expectTypeOf<DownloadStatus['error']>().toEqualTypeOf<DownloadError | null>();
    expectTypeOf<DownloadError>().toExtend<DosvcError>();
    expectTypeOf<DownloadStatus['waitingFor']>().toEqualTypeOf<
      'network' | 'power' | 'cost' | 'cellular' | 'vpn' | 'memory' | null
    >();
  });

  it('have typed properties', () => {
    expectTypeOf<keyof typeof downloadProperties>().toEqualTypeOf<DownloadProperty>();
    type Unreadable = Exclude<DownloadProperty, keyof DownloadProperties>;
    expectTypeOf<Unreadable>().toEqualTypeOf<
      'securityFlags' | 'securityContext' | 'networkToken' | 'decryptionInfo' | 'integrityCheckInfo'
    >();
    type Unsettable = Exclude<DownloadProperty, keyof SettableDownloadProperties>;
    expectTypeOf<Unsettable>().toEqualTypeOf<
      | 'id'
      | 'blockingMode'
      | 'callbackInterface'
      | 'streamInterface'
      | 'httpRedirectionTarget'
      | 'httpResponseHeaders'
      | 'httpServerIpAddress'
      | 'httpStatusCode'
    >();
    expectTypeOf<DownloadProperties['costPolicy']>().toEqualTypeOf<Open<DownloadCostPolicy>>();
    expectTypeOf<SettableDownloadProperties['costPolicy']>().toEqualTypeOf<DownloadCostPolicy>();
    expectTypeOf<SettableDownloadProperties['securityContext']>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<SettableDownloadProperties['uri']>().toEqualTypeOf<string | URL>();
    type Texts = 'uri' | 'contentId' | 'displayName' | 'localPath' | 'httpCustomHeaders';
    expectTypeOf<DownloadProperties[Texts]>().toEqualTypeOf<string>();
    type Numbers = 'callbackFreqPercent' | 'callbackFreqSeconds' | 'totalSizeBytes';
    expectTypeOf<DownloadProperties[Numbers]>().toEqualTypeOf<number>();
    type Flags = 'foregroundPriority' | 'blockingMode' | 'nonVolatile' | 'disallowOnCellular';
    expectTypeOf<DownloadProperties[Flags]>().toEqualTypeOf<boolean>();
    compiledDownload((download) => {
      expectTypeOf(download.getProperty('httpStatusCode')).toEqualTypeOf<Promise<number | null>>();
      return [
        download.setProperty('costPolicy', 'no-roaming'),
        // @ts-expect-error -- no such policy
        download.setProperty('costPolicy', 'cheap'),
        // @ts-expect-error -- COM's number
        download.setProperty('costPolicy', 3),
        // @ts-expect-error -- no boolean
        download.setProperty('nonVolatile', 1),
        // @ts-expect-error -- read-only
        download.setProperty('id', 'x'),
        // @ts-expect-error -- it would block a thread
        download.setProperty('blockingMode', true),
        // @ts-expect-error -- set by listening
        download.setProperty('callbackInterface', null),
        // @ts-expect-error -- write-only
        download.getProperty('decryptionInfo'),
        // @ts-expect-error -- a job's
        download.getProperty('costFlags'),
      ];
    });
  });

  it('are created with properties, and found by one', () => {
    compiledDownload((_download, manager) => [
      manager.createDownload(),
      manager.createDownload({ uri: '', localPath: '', displayName: '', foreground: true }),
      manager.createDownload({ uri: new URL('http://127.0.0.1/'), foreground: undefined }),
      // @ts-expect-error -- no such property
      manager.createDownload({ url: '' }),
      // @ts-expect-error -- read-only
      manager.createDownload({ id: '' }),
      manager.enumDownloads(),
      manager.enumDownloads({ uri: '' }),
      // @ts-expect-error -- not searchable
      manager.enumDownloads({ costPolicy: 'always' }),
    ]);
    expectTypeOf<Awaits<DownloadManager['enumDownloads']>>().toEqualTypeOf<Download[]>();
  });

  it('take ranges, and are read as Node streams', () => {
    expectTypeOf<ReturnType<Download['stream']>>().toEqualTypeOf<Readable>();
    expectTypeOf<ReturnType<Download['watch']>>().toExtend<AsyncIterable<DownloadStatus>>();
    compiledDownload((download) => [
      download.start(),
      download.start([]),
      download.start(null),
      download.start([{ offset: 0, length: 'toEnd' }]),
      // @ts-expect-error -- no length
      download.start([{ offset: 0 }]),
      download.stream({ ranges: [{ offset: 0, length: 5 }], signal: AbortSignal.timeout(1) }),
      // @ts-expect-error -- no list
      download.stream({ ranges: { offset: 0, length: 5 } }),
    ]);
  });

  it('pass typed arguments to their listeners', () => {
    compiledDownload((download) =>
      download
        .on('status', (status) => {
          expectTypeOf(status).toEqualTypeOf<DownloadStatus>();
        })
        .once('warning', (warning) => {
          expectTypeOf(warning).toEqualTypeOf<DownloadWarning>();
        }),
    );
    compiledDownload((download) => {
      // @ts-expect-error -- a job's
      download.on('transferred', () => undefined);
    });
  });
});
