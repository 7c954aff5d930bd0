// SPDX-License-Identifier: MIT
//
// What a listener of a feed is told.

import type { DosvcError } from '../errors.js';
import type { Source } from './subject.js';

export interface FeedListener<Look extends object, From extends Source> {
  source: From;
  /** The interval of the poll, in milliseconds; by default, that of the source's connection. */
  poll?: number;
  /** The events that the service is to report at this moment, as flags. */
  wants?: () => number;
  /** The first look, and then each that differs from the one before. */
  changed: (look: Look, before: Look | undefined) => void;
  /** A look that is no news, because it is from before a start. */
  withheld?: (look: Look) => void;
  /** The service refuses to call back; the poll continues. */
  refused?: (error: DosvcError) => void;
  /** A look failed; the next one may succeed. */
  failed?: (error: DosvcError) => void;
  /** The job or download can no longer be read. */
  lost?: (error: DosvcError) => void;
  /** It was read. */
  found?: () => void;
}
