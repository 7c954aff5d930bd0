// SPDX-License-Identifier: MIT
//
// Waiting for a download, with its status. Beside what ends every watch, the transfer does, the
// download's failure, and somebody else who ends it.

import { checkOptions } from '../arguments.js';
import { describe, DosvcError } from '../errors.js';
import type { Remote } from '../remote.js';
import { Watch, Watching, type WaitOptions } from '../watch.js';
import { isFinal, statusOf, type DownloadStatus } from './status.js';
import type { SharedDownload } from './shared-download.js';
import { StatusFeed } from './status-feed.js';

export function watchDownload(
  remote: Remote,
  download: SharedDownload,
  options: WaitOptions | undefined,
): AsyncGenerator<DownloadStatus, void, undefined> {
  return new Watching(() => beginWatch(remote, download, options));
}

function beginWatch(remote: Remote, download: SharedDownload, options: WaitOptions | undefined) {
  const { service } = remote.connection;
  const watch = new Watch<DownloadStatus>(remote, 'download', checkOptions('options', options));
  let bytes: number | undefined;
  watch.onStop(
    StatusFeed.join(download, {
      remote,
      poll: watch.poll,
      status: (given) => {
        const status = statusOf(given);
        if (bytes !== status.bytesTransferred) watch.moved();
        bytes = status.bytesTransferred;
        watch.tell(status);
        end(watch, status, service.invalidState);
      },
      // The poll goes on.
      refused: () => undefined,
      lost: (error) => {
        watch.finish(error);
      },
    }),
  );
  return watch;
}

function end(watch: Watch<DownloadStatus>, status: DownloadStatus, invalidState: number): void {
  const { state, error } = status;
  if (state === 'transferred') {
    watch.finish();
  } else if (error !== null) {
    watch.finish(error);
  } else if (isFinal(state)) {
    const { words, ...named } = describe(invalidState);
    const message = `The download was ${String(state)}, so there is nothing to wait for. ${words}`;
    watch.finish(new DosvcError(message, named));
  }
}
