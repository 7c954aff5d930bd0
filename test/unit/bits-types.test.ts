// SPDX-License-Identifier: MIT
// The public types of what only BITS has: what the compiler accepts, and what it rejects.

import type {
  AuthScheme,
  AuthTarget,
  BackgroundCopyFile,
  BackgroundCopyJob,
  BackgroundCopyManager,
  BitsPeer,
  BitsPeerCacheRecord,
  CertStoreLocation,
  ClientCertificate,
  CopyFileFlag,
  Credentials,
  FileRange,
  HttpSecurity,
  Methods,
  NotifyCmdLine,
  Open,
  PeerCachingFlag,
  PeerDownloadStats,
  RedirectPolicy,
  ReplyProgress,
} from 'dosvc';
import { describe, expectTypeOf, it } from 'vitest';

type Awaits<Method extends (...args: never) => unknown> = Awaited<ReturnType<Method>>;

/** Code that is compiled, and never run. */
const compiled = (
  code: (
    job: BackgroundCopyJob,
    file: BackgroundCopyFile,
    manager: BackgroundCopyManager,
  ) => unknown,
) => code;

describe('literals', () => {
  it('stand for the values of enumerations', () => {
    expectTypeOf<AuthTarget>().toEqualTypeOf<'server' | 'proxy'>();
    expectTypeOf<AuthScheme>().toEqualTypeOf<
      'basic' | 'digest' | 'ntlm' | 'negotiate' | 'passport'
    >();
    expectTypeOf<CopyFileFlag>().toEqualTypeOf<'owner' | 'group' | 'dacl' | 'sacl' | 'all'>();
    expectTypeOf<PeerCachingFlag>().toEqualTypeOf<
      'enable-peercaching-client' | 'enable-peercaching-server' | 'disable-branch-cache'
    >();
    expectTypeOf<RedirectPolicy>().toEqualTypeOf<'allow-silent' | 'allow-report' | 'disallow'>();
    expectTypeOf<CertStoreLocation>().toExtend<string>();
  });

  it('come with the numbers of values that are not known yet', () => {
    expectTypeOf<Awaits<BackgroundCopyJob['getFileACLFlags']>>().toEqualTypeOf<
      Open<CopyFileFlag>[]
    >();
    expectTypeOf<Awaits<BackgroundCopyJob['getPeerCachingFlags']>>().toEqualTypeOf<
      Open<PeerCachingFlag>[]
    >();
    expectTypeOf<HttpSecurity['redirectPolicy']>().toEqualTypeOf<Open<RedirectPolicy>>();
    expectTypeOf<ClientCertificate['storeLocation']>().toEqualTypeOf<Open<CertStoreLocation>>();
  });

  it('are the only names that methods take', () => {
    compiled((job) => [
      job.setFileACLFlags(['owner', 16]),
      // @ts-expect-error -- no such flag
      job.setFileACLFlags(['user']),
      // @ts-expect-error -- not a list
      job.setFileACLFlags('owner'),
      // @ts-expect-error -- a number, as as() takes it
      job.setFileACLFlags(1),
      job.setPeerCachingFlags(['disable-branch-cache']),
      // @ts-expect-error -- another set's
      job.setPeerCachingFlags(['owner']),
      job.removeCredentials('proxy', 'ntlm'),
      // @ts-expect-error -- in the wrong order
      job.removeCredentials('ntlm', 'proxy'),
      job.setClientCertificateByName('current-user', 'MY', 'Contoso'),
      // @ts-expect-error -- no such location
      job.setClientCertificateByName('user', 'MY', 'Contoso'),
      // @ts-expect-error -- a list is no hash
      job.setClientCertificateByID('current-user', 'MY', [1, 2]),
    ]);
  });
});

describe('a job', () => {
  it('takes credentials as an object, with both names or neither', () => {
    expectTypeOf<Credentials>().toEqualTypeOf<{
      target: AuthTarget;
      scheme: AuthScheme;
      userName: string | null;
      password: string | null;
    }>();
    compiled((job) => [
      job.setCredentials({ target: 'server', scheme: 'basic', userName: 'a', password: 'b' }),
      // @ts-expect-error -- no password
      job.setCredentials({ target: 'server', scheme: 'basic', userName: 'a' }),
      // @ts-expect-error -- the numbers of as()
      job.setCredentials({ target: 1, scheme: 1, userName: 'a', password: 'b' }),
    ]);
  });

  it('takes headers as a record, a Headers or null', () => {
    compiled((job) => [
      job.setCustomHeaders({ 'X-A': '1', 'X-B': undefined }),
      job.setCustomHeaders(new Headers()),
      job.setCustomHeaders(null),
      // @ts-expect-error -- the text of as()
      job.setCustomHeaders('X-A: 1'),
      // @ts-expect-error -- no text
      job.setCustomHeaders({ 'X-A': 1 }),
    ]);
    expectTypeOf<Awaits<BackgroundCopyJob['getCustomHeaders']>>().toEqualTypeOf<Record<
      string,
      string
    > | null>();
  });

  it('takes security flags by name', () => {
    compiled((job) => [
      job.setSecurityFlags({ redirectPolicy: 'disallow', enableCrlCheck: true }),
      job.setSecurityFlags({}),
      // @ts-expect-error -- misspelled
      job.setSecurityFlags({ ignoreUnknownCA: true }),
      // @ts-expect-error -- no such policy
      job.setSecurityFlags({ redirectPolicy: 'allow' }),
      // @ts-expect-error -- the number of as()
      job.setSecurityFlags(512),
    ]);
  });

  it('returns objects, and null where there is nothing', () => {
    expectTypeOf<
      Awaits<BackgroundCopyJob['getNotifyCmdLine']>
    >().toEqualTypeOf<NotifyCmdLine | null>();
    expectTypeOf<
      Awaits<BackgroundCopyJob['getClientCertificate']>
    >().toEqualTypeOf<ClientCertificate | null>();
    expectTypeOf<Awaits<BackgroundCopyJob['getReplyProgress']>>().toEqualTypeOf<ReplyProgress>();
    expectTypeOf<Awaits<BackgroundCopyJob['getReplyData']>>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<Awaits<BackgroundCopyJob['getReplyFileName']>>().toEqualTypeOf<string | null>();
    expectTypeOf<Awaits<BackgroundCopyJob['replaceRemotePrefix']>>().toEqualTypeOf<boolean>();
    expectTypeOf<Awaits<BackgroundCopyJob['removeCredentials']>>().toEqualTypeOf<boolean>();
  });
});

describe('a file', () => {
  it('has its peers and ranges typed', () => {
    expectTypeOf<
      Awaits<BackgroundCopyFile['getPeerDownloadStats']>
    >().toEqualTypeOf<PeerDownloadStats>();
    expectTypeOf<Awaits<BackgroundCopyFile['getFilledFileRanges']>>().toEqualTypeOf<FileRange[]>();
    compiled((_job, file) => [
      file.requestFileRanges([{ offset: 0, length: 'toEnd' }]),
      // @ts-expect-error -- the names of as()
      file.requestFileRanges([{ initialOffset: 0, length: null }]),
      // @ts-expect-error -- no position
      file.updateDownloadPosition(null),
      // @ts-expect-error -- no boolean
      file.setValidationState('valid'),
    ]);
  });
});

describe('as()', () => {
  it('returns records and peers with their methods from the peer cache', () => {
    compiled((_job, _file, manager) => {
      const cache = manager.as('IBitsPeerCacheAdministration');
      expectTypeOf(cache.enumRecords).returns.toEqualTypeOf<Promise<BitsPeerCacheRecord[]>>();
      expectTypeOf(cache.getRecord).returns.toEqualTypeOf<Promise<BitsPeerCacheRecord | null>>();
      expectTypeOf(cache.enumPeers).returns.toEqualTypeOf<Promise<BitsPeer[]>>();
      expectTypeOf(cache.getMaximumCacheSize).returns.toEqualTypeOf<Promise<number>>();
      // @ts-expect-error -- a job's
      manager.as('IBackgroundCopyJob2');
    });
    expectTypeOf<Awaits<BitsPeerCacheRecord['isFileValidated']>>().toEqualTypeOf<boolean>();
    expectTypeOf<Awaits<BitsPeerCacheRecord['getLastAccessTime']>>().toEqualTypeOf<number | null>();
    expectTypeOf<Awaits<BitsPeer['isAvailable']>>().toEqualTypeOf<boolean>();
    expectTypeOf<BitsPeer>().toExtend<AsyncDisposable>();
    expectTypeOf<BitsPeerCacheRecord>().toExtend<AsyncDisposable>();
  });

  it('leaves out what takes a callback object', () => {
    expectTypeOf<
      keyof Methods<'IBackgroundCopyJobHttpOptions3'>
    >().toEqualTypeOf<'makeCustomHeadersWriteOnly'>();
  });

  it('has the helper token', () => {
    compiled((job) => {
      const tokens = job.as('IBitsTokenOptions');
      expectTypeOf<keyof typeof tokens>().toEqualTypeOf<
        | 'setHelperTokenFlags'
        | 'getHelperTokenFlags'
        | 'setHelperToken'
        | 'clearHelperToken'
        | 'getHelperTokenSid'
      >();
      expectTypeOf(tokens.getHelperTokenSid).returns.toEqualTypeOf<Promise<string | null>>();
    });
  });
});
