// SPDX-License-Identifier: MIT
//
// What downloads of ours left behind, wherever it is.

import type { RouteName } from './route.js';

/** A transfer of ours that still exists, whether or not somebody runs it. */
export interface LeftTransfer {
  route: RouteName;
  /** The caller's key; empty if there is none. */
  key: string;
  /** The temporary file, which may not exist. */
  file: string;
  /** When it was created or last taken up. */
  created: Date;
  /** Ends the transfer and deletes its file. Only while it is the current one of the iteration. */
  end(): Promise<void>;
}
