// SPDX-License-Identifier: MIT
//
// The events of a download. They come from the service's callbacks, and from a poll in case one is
// lost.

import { isUnknown } from '../codes.js';
import type { DosvcError, DosvcErrorCode } from '../errors.js';
import type { Remote } from '../remote/remote.js';
import {
  endSubscriptions,
  subscribe,
  SubscribedEvents,
  target,
  tell,
} from '../feed/subscribed-events.js';
import type { SharedDownload } from './shared-download.js';
import { isFinal, statusOf, type DownloadStatus } from './status.js';

/** The events of a download, each with the arguments of its listeners. */
export interface DownloadEventMap {
  /**
   * The current status, and then each change of it.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownloadstatuscallback-onstatuschange
   */
  status: [status: DownloadStatus];
  /**
   * The service refuses to call back, so that the events come from the poll alone; or the download can
   * no longer be read.
   */
  warning: [warning: DownloadWarning];
}

/** The argument of the event `'warning'`. */
export interface DownloadWarning {
  /** The name of the error, as in `DosvcError.code`. */
  code: DosvcErrorCode;
  /** The HRESULT as an unsigned number; undefined if there is none. */
  hresult: number | undefined;
  /** The call that failed, such as `'IDODownload::SetProperty'`. */
  operation: string | undefined;
  /** What happened, and what to do. */
  message: string;
}

export abstract class DownloadEvents extends SubscribedEvents<DownloadEventMap> {
  readonly #download: SharedDownload;

  /** @internal */
  constructor(remote: Remote, download: SharedDownload) {
    super(remote, ['status']);
    this.#download = download;
  }

  /** @internal */
  protected override [subscribe](): () => void {
    const warn = ({ code, hresult, operation, message }: DosvcError) => {
      this[tell]('warning', { code, hresult, operation, message });
    };
    return this.#download.feed.join({
      source: this[target],
      changed: (given) => {
        const status = statusOf(given);
        this[tell]('status', status);
        if (isFinal(status.state)) this[endSubscriptions]();
      },
      refused: warn,
      lost: (error) => {
        warn(error);
        if (isUnknown(error.hresult)) this[endSubscriptions]();
      },
    });
  }
}
