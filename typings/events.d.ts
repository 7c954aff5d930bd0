// SPDX-License-Identifier: MIT
//
// The events of our callback objects, by kind, with the values that they carry.

import type { AnyCall, Kept, Outcome, Outcomes } from './calls.js';
import type { DownloadStatus, FileRange } from './rows.js';
import type { Handle } from './values.js';

/** What the service told of a file: its handle, which the listener owns, and the calls made on it. */
export interface FileNews<Brought extends readonly AnyCall[] = readonly AnyCall[]> {
  brought: Outcome<Kept<Brought>>;
}

/** The kinds of callback objects, each with its events and options. */
export interface Sinks<
  Look extends readonly AnyCall[] = readonly AnyCall[],
  Brought extends readonly AnyCall[] = readonly AnyCall[],
> {
  /**
   * An IBackgroundCopyCallback with its successors, for a job. When the service calls it about the job,
   * it runs its look on the job's strand, one look at a time. An event is named after the call and
   * carries the look's outcomes. A newer event replaces one of the same name that was not delivered
   * yet. A call about a file is an event of its own, in the order of the calls; none is replaced.
   */
  job: {
    event:
      | { kind: 'JobTransferred' | 'JobError' | 'JobModification'; value: Outcomes<Look> }
      | { kind: 'FileTransferred'; value: FileNews<Brought> }
      | { kind: 'FileRangesTransferred'; value: FileNews<Brought> & { ranges: FileRange[] } };
    options: null;
  };
  /** An IDODownloadStatusCallback. */
  status: { event: { kind: 'status'; value: DownloadStatus }; options: null };
  /** An IBackgroundCopyServerCertificateValidationCallback. Only the answer `true` accepts. */
  certificate: {
    event: {
      kind: 'certificate';
      value: {
        certificate: Uint8Array;
        encodingType: number;
        store: Uint8Array;
        question: number;
      };
    };
    options: null;
  };
  /**
   * An IStream. Each answer is the number of bytes that were consumed; an answer that is not a number
   * ends the stream. `capacity` is the number of bytes that may wait between the service and
   * JavaScript.
   */
  stream: {
    event: { kind: 'data'; value: { bytes: Uint8Array; question: number } };
    options: { capacity: number };
  };
}

export type SinkKind = keyof Sinks;
export type SinkEvent<
  Kind extends SinkKind,
  Look extends readonly AnyCall[] = readonly AnyCall[],
  Brought extends readonly AnyCall[] = readonly AnyCall[],
> = Sinks<Look, Brought>[Kind]['event'] & { subscription: Handle };

/** An event of any callback object. */
export type BindingEvent = { [Kind in SinkKind]: SinkEvent<Kind> }[SinkKind];
