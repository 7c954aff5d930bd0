// SPDX-License-Identifier: MIT
// The public types: what the compiler accepts, and what it rejects. `tsc` does the checking; these
// tests state what it checks. download-types.test.ts has those of downloads, option-types.test.ts those
// of options and error codes.

import type {
  AddedFile,
  BackgroundCopyFile,
  BackgroundCopyJob,
  BackgroundCopyManager,
  DosvcError,
  FileRange,
  ForeignInterface,
  JobError,
  JobErrorFile,
  JobPriority,
  JobProgress,
  JobSnapshot,
  JobState,
  JobTimes,
  JobType,
  JobWarning,
  NotifyInterface,
  Open,
  TransferPolicy,
} from 'dosvc';
import { describe, expectTypeOf, it } from 'vitest';

type Awaits<Method extends (...args: never) => unknown> = Awaited<ReturnType<Method>>;

/** Code that is compiled, and never run. */
const compiled = (code: (job: BackgroundCopyJob, manager: BackgroundCopyManager) => unknown) =>
  code;

describe('literals', () => {
  it('stand for the values of enumerations', () => {
    expectTypeOf<JobType>().toEqualTypeOf<'download' | 'upload' | 'upload-reply'>();
    expectTypeOf<JobPriority>().toEqualTypeOf<'foreground' | 'high' | 'normal' | 'low'>();
    expectTypeOf<JobState>().toEqualTypeOf<
      | 'queued'
      | 'connecting'
      | 'transferring'
      | 'suspended'
      | 'error'
      | 'transient-error'
      | 'transferred'
      | 'acknowledged'
      | 'cancelled'
    >();
  });

  it('come with the numbers of values that are not known yet', () => {
    expectTypeOf<Awaits<BackgroundCopyJob['getState']>>().toEqualTypeOf<JobState | number>();
    expectTypeOf<Awaits<BackgroundCopyJob['getPriority']>>().toEqualTypeOf<Open<JobPriority>>();
    expectTypeOf<JobSnapshot['state']>().toEqualTypeOf<Open<JobState>>();
  });

  it('are the only values that methods take', () => {
    compiled((job, manager) => [
      manager.createJob('name', 'upload'),
      // @ts-expect-error -- no such type
      manager.createJob('name', 'sideload'),
      job.setPriority('low'),
      // @ts-expect-error -- no such priority
      job.setPriority('lowest'),
      // @ts-expect-error -- COM's number
      job.setPriority(0),
      job.setProxySettings('override', 'proxy:8080'),
      // @ts-expect-error -- no such usage
      job.setProxySettings('always'),
    ]);
  });
});

describe('what may be missing', () => {
  it('is null: sizes', () => {
    expectTypeOf<JobProgress['bytesTotal']>().toEqualTypeOf<number | null>();
    expectTypeOf<JobProgress['bytesTransferred']>().toEqualTypeOf<number>();
    expectTypeOf<Awaits<BackgroundCopyFile['getProgress']>>().toEqualTypeOf<{
      bytesTotal: number | null;
      bytesTransferred: number;
      completed: boolean;
    }>();
  });

  it('is null: times', () => {
    expectTypeOf<JobTimes[keyof JobTimes]>().toEqualTypeOf<Date | null>();
  });

  it('is null: what a service does not implement', () => {
    type Nullable = Exclude<keyof JobSnapshot, 'id' | 'state'>;
    expectTypeOf<null>().toExtend<JobSnapshot[Nullable]>();
    expectTypeOf<JobSnapshot['id']>().toEqualTypeOf<string>();
    expectTypeOf<JobSnapshot['times']>().toEqualTypeOf<JobTimes | null>();
    expectTypeOf<JobSnapshot['error']>().toEqualTypeOf<JobError | null>();
  });

  it('is null: what an error does not say', () => {
    expectTypeOf<JobError>().toExtend<DosvcError>();
    expectTypeOf<JobError['file']>().toEqualTypeOf<JobErrorFile | null>();
    expectTypeOf<JobError['description']>().toEqualTypeOf<string | null>();
    expectTypeOf<DosvcError['hresult']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<DosvcError['httpStatus']>().toEqualTypeOf<number | undefined>();
  });

  it('must be checked before use', () => {
    compiled(async (job) => {
      const { bytesTotal } = await job.getProgress();
      // @ts-expect-error -- it may be null
      bytesTotal.toFixed();
      const { times } = await job.snapshot();
      // @ts-expect-error -- it may be null
      times.creationTime?.getTime();
    });
  });
});

describe('events', () => {
  it('pass typed arguments to their listeners', () => {
    compiled((job) =>
      job
        .on('transferred', (...nothing) => {
          expectTypeOf(nothing).toEqualTypeOf<[]>();
        })
        .on('error', (error) => {
          expectTypeOf(error).toEqualTypeOf<JobError>();
        })
        .on('progress', (progress) => {
          expectTypeOf(progress).toEqualTypeOf<JobProgress>();
        })
        .on('modification', ({ state, progress }) => {
          expectTypeOf(state).toEqualTypeOf<Open<JobState>>();
          expectTypeOf(progress).toEqualTypeOf<JobProgress>();
        })
        .once('warning', (warning) => {
          expectTypeOf(warning).toEqualTypeOf<JobWarning>();
        }),
    );
  });

  it('have no other names and no other listeners', () => {
    compiled((job) => {
      // @ts-expect-error -- misspelled
      job.on('transfered', () => undefined);
      // @ts-expect-error -- misspelled
      job.once('finished', () => undefined);
      // @ts-expect-error -- of another event
      job.on('progress', (error: JobError) => error);
    });
  });
});

describe('the notify interface', () => {
  it('takes functions under COM’s names, or null', () => {
    compiled((job) => [
      job.setNotifyInterface(null),
      job.setNotifyInterface({
        jobError(failed, error) {
          expectTypeOf(failed).toEqualTypeOf<BackgroundCopyJob>();
          expectTypeOf(error).toEqualTypeOf<JobError>();
        },
      }),
      // @ts-expect-error -- misspelled
      job.setNotifyInterface({ jobTransfered: () => undefined }),
      // @ts-expect-error -- neither
      job.setNotifyInterface(undefined),
    ]);
  });

  it('returns what was set, another process’s, or null', () => {
    expectTypeOf<Awaits<BackgroundCopyJob['getNotifyInterface']>>().toEqualTypeOf<
      NotifyInterface | ForeignInterface | null
    >();
  });
});

describe('files', () => {
  it('take ranges of numbers, or to the end', () => {
    expectTypeOf<FileRange>().toEqualTypeOf<{ offset: number; length: number | 'toEnd' }>();
    compiled((job) => [
      job.addFile('url', 'path', { ranges: [{ offset: 0, length: 'toEnd' }] }),
      // @ts-expect-error -- no such word
      job.addFile('url', 'path', { ranges: [{ offset: 0, length: 'end' }] }),
      // @ts-expect-error -- no length
      job.addFile('url', 'path', { ranges: [{ offset: 0 }] }),
      job.addFileSet([{ remoteName: 'url', localName: 'path' }]),
      // @ts-expect-error -- other names
      job.addFileSet([{ url: 'url', path: 'path' }]),
    ]);
  });
});

describe('as()', () => {
  it('returns the methods of that interface', () => {
    compiled((job) => {
      const job3 = job.as('IBackgroundCopyJob3');
      expectTypeOf<keyof typeof job3>().toEqualTypeOf<
        'replaceRemotePrefix' | 'addFileWithRanges' | 'setFileACLFlags' | 'getFileACLFlags'
      >();
      expectTypeOf(job3.getFileACLFlags).returns.toEqualTypeOf<Promise<number>>();
      // @ts-expect-error -- no number
      void job3.setFileACLFlags('1');
    });
  });

  it('takes only the interfaces that the object has', () => {
    compiled((job) => {
      // @ts-expect-error -- a file's
      job.as('IBackgroundCopyFile2');
      // @ts-expect-error -- the job itself
      job.as('IBackgroundCopyJob');
    });
    expectTypeOf<BackgroundCopyFile['as']>()
      .parameter(0)
      .toExtend<`IBackgroundCopyFile${number}` | 'IDeliveryOptimizationFile2'>();
  });

  it('returns a file, not a number, from a method that makes one', () => {
    compiled((job) => {
      const job2 = job.as('IDeliveryOptimizationJob2');
      expectTypeOf(job2.addFile).returns.toEqualTypeOf<Promise<AddedFile>>();
      expectTypeOf(job2.setProperty).returns.toEqualTypeOf<Promise<null>>();
    });
  });
});

describe('a service', () => {
  it('has its own types of jobs', () => {
    const code = async (Manager: typeof BackgroundCopyManager) => {
      const optimization = await Manager.connect();
      expectTypeOf(optimization).toExtend<BackgroundCopyManager>();
      // @ts-expect-error -- a type that only BITS has
      void optimization.createJob('x', 'upload');
      const bits = await Manager.connect({ service: 'bits' });
      void bits.createJob('x', 'upload');
    };
    expectTypeOf(code).returns.toEqualTypeOf<Promise<void>>();
  });
});

describe('properties', () => {
  it('have names and types', () => {
    compiled((job) => {
      expectTypeOf(job.getProperty('maxDownloadSize')).toEqualTypeOf<Promise<number | null>>();
      expectTypeOf(job.getProperty('extendedErrorInfo')).toEqualTypeOf<Promise<string | null>>();
      expectTypeOf(job.getProperty('costFlags')).toEqualTypeOf<
        Promise<Open<TransferPolicy> | null>
      >();
      // @ts-expect-error -- no boolean
      void job.setProperty('dynamicContent', 1);
      // @ts-expect-error -- a file's
      void job.getProperty('httpResponseHeaders');
    });
    expectTypeOf<BackgroundCopyFile['getProperty']>()
      .parameter(0)
      .toEqualTypeOf<
        | 'httpResponseHeaders'
        | 'decryptionInfo'
        | 'integrityCheckInfo'
        | 'integrityCheckMandatory'
        | 'downloadSinkFilePath'
        | 'totalSizeBytes'
      >();
  });
});

describe('waiting', () => {
  it('takes a signal and milliseconds, and yields progress', () => {
    expectTypeOf<Awaits<BackgroundCopyJob['wait']>>().toBeVoid();
    expectTypeOf<ReturnType<BackgroundCopyJob['watch']>>().toExtend<AsyncIterable<JobProgress>>();
    compiled((job) => [
      job.wait({ signal: AbortSignal.timeout(1), timeout: 1, stallTimeout: 1 }),
      // @ts-expect-error -- no number
      job.wait({ timeout: '1s' }),
      // @ts-expect-error -- no such option
      job.wait({ deadline: 1 }),
    ]);
  });
});

describe('an object that only the package creates', () => {
  it('cannot be created or changed by its user', () => {
    // @ts-expect-error -- connect() makes it
    compiled(() => new (null as unknown as typeof BackgroundCopyManager)());
    // @ts-expect-error -- read-only
    compiled((job) => (job.id = ''));
  });
});
