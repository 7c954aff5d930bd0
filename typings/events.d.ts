// SPDX-License-Identifier: MIT
//
// The events of our callback objects, by kind, with the values that they carry.

import type { AnyCall, Outcomes } from './calls.js';
import type { DownloadStatus } from './rows.js';
import type { Handle } from './values.js';

/** The kinds of callback objects, each with its events and options. */
export interface Sinks<Look extends readonly AnyCall[] = readonly AnyCall[]> {
  /**
   * An IBackgroundCopyCallback, for a job. When the service calls it, it runs its look on the job's
   * strand, one look at a time. An event is named after the call and carries the look's outcomes. A
   * newer event replaces one of the same name that was not delivered yet.
   */
  job: {
    event: { kind: 'JobTransferred' | 'JobError' | 'JobModification'; value: Outcomes<Look> };
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
> = Sinks<Look>[Kind]['event'] & { subscription: Handle };

/** An event of any callback object. */
export type BindingEvent = { [Kind in SinkKind]: SinkEvent<Kind> }[SinkKind];
