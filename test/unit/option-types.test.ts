// SPDX-License-Identifier: MIT
// The types of options and of error codes: what the compiler accepts, and what an editor completes.

import {
  BackgroundCopyManager,
  download,
  type BackgroundCopyJob,
  type ConnectOptions,
  type DetachedTransfer,
  type DosvcError,
  type DosvcErrorCode,
  type FileRange,
  type TransferOptions,
  type TransferResult,
  type WaitOptions,
} from 'dosvc';
import { describe, expectTypeOf, it } from 'vitest';

/** Code that is compiled, and never run. */
const compiled = (code: (job: BackgroundCopyJob, manager: BackgroundCopyManager) => unknown) =>
  code;

describe('the code of an error', () => {
  it('is any string, and an editor completes those that are known', () => {
    type Known = 'ERR_DOSVC_CLOSED' | 'DO_E_JOB_NOT_FOUND' | 'BG_E_HTTP_ERROR_404';
    expectTypeOf<Extract<DosvcErrorCode, Known>>().toEqualTypeOf<Known>();
    expectTypeOf<Extract<DosvcErrorCode, 'DO_E_INVENTED'>>().toEqualTypeOf<never>();
    expectTypeOf<DosvcError['code']>().toEqualTypeOf<DosvcErrorCode>();
    expectTypeOf<string>().toExtend<DosvcErrorCode>();
  });
});

describe('options', () => {
  it('may be undefined, as a whole and one by one', () => {
    const all = { service: undefined, callTimeout: undefined, pollInterval: undefined };
    const given = all as ConnectOptions | undefined;
    const wait: WaitOptions = { signal: undefined, timeout: undefined, stallTimeout: undefined };
    compiled(async (job, manager) => {
      expectTypeOf(
        await BackgroundCopyManager.connect(given),
      ).toEqualTypeOf<BackgroundCopyManager>();
      await manager.enumJobs({ allUsers: undefined });
      await job.wait(wait);
    });
  });

  it('may hold lists that are read-only', () => {
    const ranges: readonly FileRange[] = [{ offset: 0, length: 'toEnd' }];
    compiled((job) =>
      job.addFile(new URL('http://127.0.0.1/'), 'C:\\file', { ranges, size: undefined }),
    );
  });
});

describe('the result of download()', () => {
  it('is a file, unless the transfer may be detached', () => {
    const given = {} as TransferOptions;
    compiled(async () => {
      expectTypeOf(await download('url', 'file')).toEqualTypeOf<TransferResult>();
      expectTypeOf(await download(['url'], 'file', { size: 1 })).toEqualTypeOf<TransferResult>();
      type Either = TransferResult | DetachedTransfer;
      expectTypeOf(await download('url', 'file', { detach: true })).toEqualTypeOf<Either>();
      expectTypeOf(await download('url', 'file', given)).toEqualTypeOf<Either>();
      // @ts-expect-error -- no such option
      await download('url', 'file', { retries: 3 });
      // @ts-expect-error -- no such route
      await download('url', 'file', { routes: ['ftp'] });
    });
  });
});
