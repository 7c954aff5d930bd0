// SPDX-License-Identifier: MIT
//
// A download's events, from the service's callbacks and from the slow poll beside them.

import type { DosvcError } from '../errors.js';
import type { Remote } from '../remote.js';
import { endSubscriptions, subscribe, SubscribedEvents } from '../subscribed-events.js';
import type { SharedDownload } from './shared-download.js';
import { isFinal, statusOf, type DownloadStatus } from './status.js';
import { StatusFeed } from './status-feed.js';

/** The listeners' arguments by event. */
export interface DownloadEventMap {
  /** The status of the moment, and then each change of it. */
  status: [status: DownloadStatus];
  /**
   * The service refuses to call back, so that the slow poll alone carries the events; or the download
   * cannot be read any more.
   */
  warning: [warning: DownloadWarning];
}

export interface DownloadWarning {
  code: string;
  hresult: number | undefined;
  /** What was refused: `'IDODownload::SetProperty'`. */
  operation: string | undefined;
  message: string;
}

export class DownloadEvents extends SubscribedEvents<DownloadEventMap> {
  readonly #remote: Remote;
  readonly #download: SharedDownload;

  /** @internal */
  constructor(remote: Remote, download: SharedDownload) {
    super(remote, ['status']);
    this.#remote = remote;
    this.#download = download;
  }

  /** @internal */
  protected override [subscribe](): () => void {
    const warn = ({ code, hresult, operation, message }: DosvcError) => {
      this.emit('warning', { code, hresult, operation, message });
    };
    return StatusFeed.join(this.#download, {
      remote: this.#remote,
      poll: this.#remote.connection.pollInterval,
      status: (given) => {
        const status = statusOf(given);
        this.emit('status', status);
        if (isFinal(status.state)) this[endSubscriptions]();
      },
      refused: warn,
      lost: (error) => {
        warn(error);
        if (error.code === 'DO_E_NO_DOWNLOADS') this[endSubscriptions]();
      },
    });
  }
}
