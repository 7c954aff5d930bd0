// SPDX-License-Identifier: MIT
//
// A download as the subject of a feed, which looks at its status.

import type { DownloadStatus as BoundaryStatus } from '../../typings/rows.js';
import type { DosvcError } from '../errors.js';
import { downloadState, literalOf } from '../generated/enums.js';
import type { Callback, Subject } from '../feed/subject.js';
import { callOf } from '../remote/calls.js';
import type { Remote } from '../remote/remote.js';
import { Sink } from './sink.js';
import { isFinal } from './status.js';

/** The download, as far as its feed needs it. */
interface Watched {
  /** Called with the state in each callback, which may be late. */
  sawState(state: number): void;
  isOutdated(status: BoundaryStatus): boolean;
}

export function downloadSubject(download: Watched): Subject<BoundaryStatus, Remote> {
  return {
    look: (remote) => remote.callInBackground('IDODownload::GetStatus'),
    isOutdated: (status) => download.isOutdated(status),
    change(before, after) {
      const sameState =
        before.state === after.state &&
        before.error === after.error &&
        before.extendedError === after.extendedError;
      if (!sameState) return 'state';
      // A callback from before the server was asked does not know the total.
      const forgets = before.bytesTotal !== 0 && after.bytesTotal === 0;
      if (forgets || after.bytesTransferred < before.bytesTransferred) return 'regress';
      const same =
        before.bytesTransferred === after.bytesTransferred &&
        before.bytesTotal === after.bytesTotal;
      return same ? 'none' : 'progress';
    },
    isFinal: ({ state }) => isFinal(literalOf(downloadState, state)),
    callback(remote, called) {
      return new StatusSink(remote.connection, 'status', null, ({ value }) => {
        download.sawState(value.state);
        called(value);
      });
    },
  };
}

class StatusSink extends Sink<'status'> implements Callback<Remote> {
  set(source: Remote): Promise<readonly DosvcError[]> {
    const operation = 'IDODownload::SetProperty';
    return source.hopFirst(operation, [callOf(operation, this.setting)]);
  }

  clear(source: Remote): Promise<unknown> {
    return source.callInBackground('IDODownload::SetProperty', ...this.clearing);
  }
}
