// SPDX-License-Identifier: MIT
//
// Waits for a download and reports its status. In addition to what ends every watch, this one ends when
// the download is transferred, fails, is finalized or is aborted.

import type { DownloadStatus as BoundaryStatus } from '../../typings/rows.js';
import type { Remote } from '../remote/remote.js';
import type { Watch, WaitOptions } from '../feed/watch.js';
import { watchFeed } from '../feed/watching.js';
import { isFinal, statusOf, type DownloadStatus } from './status.js';
import type { SharedDownload } from './shared-download.js';

const advice = 'Call abort() to drop it, or finalize() to keep it.';

export function watchDownload(
  remote: Remote,
  download: SharedDownload,
  options: WaitOptions | undefined,
): AsyncGenerator<DownloadStatus, void, undefined> {
  return watchFeed(
    remote,
    { what: 'download', feed: download.feed },
    options,
    (watch: Watch<DownloadStatus>) => {
      // The most bytes so far; the first look only says from where they are counted.
      let most: number | undefined;
      const stands = ({ state, error, extendedError, transient }: DownloadStatus) => {
        const stopped = state === 'created' || (state === 'paused' && !transient);
        const remedy = stopped ? 'start() starts it' : undefined;
        watch.stands({ state, remedy, trouble: extendedError ?? error });
      };
      return {
        withheld: (given: BoundaryStatus) => {
          stands(statusOf(given));
        },
        changed: (given) => {
          const status = statusOf(given);
          const { state, error } = status;
          stands(status);
          // Bytes that arrive again, because the service began anew, are no progress.
          if (most !== undefined && status.bytesTransferred > most) watch.moved();
          most = Math.max(most ?? 0, status.bytesTransferred);
          watch.tell(status);
          if (state === 'transferred')
            watch.finish(download.sizeErrorOf(given, advice) ?? undefined);
          else if (error !== null) watch.finish(error);
          else if (isFinal(state)) watch.finishOver(String(state));
        },
      };
    },
  );
}
