// SPDX-License-Identifier: MIT
// The types of a job's events and functions: what the compiler accepts, and what it refuses.

import type {
  BackgroundCopyFile,
  BackgroundCopyJob,
  FileRange,
  JobEventMap,
  NotifyInterface,
  ServerCertificate,
} from 'dosvc';
import { describe, expectTypeOf, it } from 'vitest';

/** Code that is compiled, and never run. */
const compiled = (code: (job: BackgroundCopyJob) => unknown) => code;

describe('the events of files', () => {
  it('carry the file, and the ranges', () => {
    type One = [transferred: { file: BackgroundCopyFile }];
    expectTypeOf<JobEventMap['file-transferred']>().toExtend<One>();
    compiled((job) => {
      job.on('file-transferred', (told) => {
        expectTypeOf(told.file).toEqualTypeOf<BackgroundCopyFile>();
        expectTypeOf(told).not.toHaveProperty('ranges');
      });
      job.once('file-ranges-transferred', ({ file, ranges }) => {
        expectTypeOf(file).toEqualTypeOf<BackgroundCopyFile>();
        expectTypeOf(ranges).toEqualTypeOf<FileRange[]>();
      });
    });
  });

  it('have no other names or arguments', () => {
    compiled((job) => {
      // @ts-expect-error -- no such event
      job.on('fileTransferred', () => undefined);
      // @ts-expect-error -- no such event
      job.on('file-range-transferred', () => undefined);
      // @ts-expect-error -- the argument has the file, and is not the file
      job.on('file-transferred', (file: BackgroundCopyFile) => file);
      // @ts-expect-error -- there is one argument
      job.on('file-ranges-transferred', (told: object, ranges: FileRange[]) => [told, ranges]);
    });
    expectTypeOf<Extract<keyof JobEventMap, `file-${string}`>>().toEqualTypeOf<
      'file-transferred' | 'file-ranges-transferred'
    >();
  });

  it('are functions of a notify interface, too', () => {
    type Of<Name extends keyof NotifyInterface> = Parameters<Required<NotifyInterface>[Name]>;
    type Job = BackgroundCopyJob;
    type File = BackgroundCopyFile;
    expectTypeOf<Of<'fileTransferred'>>().toEqualTypeOf<[job: Job, file: File]>();
    type Ranges = [job: Job, file: File, ranges: FileRange[]];
    expectTypeOf<Of<'fileRangesTransferred'>>().toEqualTypeOf<Ranges>();
    compiled(async (job) => {
      // @ts-expect-error -- no such function
      await job.setNotifyInterface({ fileTransfered: () => undefined });
      // @ts-expect-error -- the file comes second
      await job.setNotifyInterface({ fileTransferred: (file: BackgroundCopyFile) => file });
    });
  });
});

describe('the check of a certificate', () => {
  it('returns a boolean or a promise of one', () => {
    compiled(async (job) => {
      await job.setServerCertificateValidationInterface(null);
      await job.setServerCertificateValidationInterface({
        validateServerCertificate: (server) => {
          expectTypeOf(server).toEqualTypeOf<ServerCertificate>();
          return Promise.resolve(server.certificate.length > 0);
        },
      });
      await job.setServerCertificateValidationInterface({
        // @ts-expect-error -- no boolean
        validateServerCertificate: () => 'yes',
      });
      await job.setServerCertificateValidationInterface({
        // @ts-expect-error -- nothing
        validateServerCertificate: () => undefined,
      });
      // @ts-expect-error -- a function, and no object that has it
      await job.setServerCertificateValidationInterface(() => true);
    });
  });
});
