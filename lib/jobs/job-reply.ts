// SPDX-License-Identifier: MIT
//
// The reply of an upload-reply job: what the server's application answers to the uploaded file. BITS has
// these methods, in IBackgroundCopyJob2.

import { target } from '../feed/subscribed-events.js';
import { checkPath, longestLocalName } from '../paths.js';
import { JobFileSettings } from './job-file-settings.js';

/**
 * The progress of the reply of an upload-reply job.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits1_5/ns-bits1_5-bg_job_reply_progress
 */
export interface ReplyProgress {
  /** The size of the reply in bytes; null until the service begins to transfer it. */
  bytesTotal: number | null;
  /** The number of bytes transferred; null if the service does not know it. */
  bytesTransferred: number | null;
}

export class JobReply extends JobFileSettings {
  /**
   * Gets the progress of the reply. For a job of the type `'upload-reply'`; for any other, rejects with
   * `E_NOTIMPL`. BITS only.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-getreplyprogress
   */
  getReplyProgress(): Promise<ReplyProgress> {
    return this[target].call('IBackgroundCopyJob2::GetReplyProgress');
  }

  /**
   * Gets the reply, up to 1 MiB. For a job of the type `'upload-reply'` that is transferred, before or
   * after `complete()`. BITS only.
   *
   * Rejects with `BG_E_TOO_LARGE` if the reply is longer: call `complete()` and read the file that
   * {@link getReplyFileName} names. Rejects with `BG_E_INVALID_STATE` until the job is transferred, and with
   * `E_NOTIMPL` for a job of another type.
   *
   * @returns The bytes of the reply; none if the server did not reply.
   * @see https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-getreplydata
   */
  getReplyData(): Promise<Uint8Array> {
    return this[target].call('IBackgroundCopyJob2::GetReplyData');
  }

  /**
   * Sets the file for the reply, which appears there after `complete()`. For a job of the type
   * `'upload-reply'`, before the service begins to transfer the reply. Without a path, the service chooses
   * a name in the folder of the uploaded file at the first `resume()`. BITS only.
   *
   * Rejects with `BG_E_INVALID_STATE` once the service transfers the reply, and with `E_ACCESSDENIED` if
   * the folder cannot be written to.
   *
   * @param path The absolute path of the file, up to 259 characters, whose folder exists; or null for a
   * name that the service chooses.
   * @see https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-setreplyfilename
   */
  async setReplyFileName(path: string | null): Promise<void> {
    if (path !== null) checkPath('path', path, longestLocalName);
    await this[target].call('IBackgroundCopyJob2::SetReplyFileName', path);
  }

  /**
   * Gets the file for the reply. Open it only after `complete()`. For a job of the type `'upload-reply'`;
   * for any other, rejects with `E_NOTIMPL`. BITS only.
   *
   * @returns The path; null if none was set and the job has no file to upload yet.
   * @see https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-getreplyfilename
   */
  getReplyFileName(): Promise<string | null> {
    return this[target].call('IBackgroundCopyJob2::GetReplyFileName');
  }
}
