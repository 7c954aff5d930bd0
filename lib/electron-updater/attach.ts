// SPDX-License-Identifier: MIT
//
// Has the services of Windows download the updates of an Electron application.

import { checkTransferOptions, cleanUp, diagnose, download, isSupported } from '../index.js';
import { attachBy, type Detach } from './attachment.js';
import type { AttachOptions } from './options.js';
import type { Updater } from './surface.js';

const library = { checkTransferOptions, cleanUp, diagnose, download, isSupported };

/**
 * Has Delivery Optimization or BITS download the updates of electron-updater, where it would download the
 * whole file. Everything else stays electron-updater's own: feeds, events, differential downloads, checks
 * and the installation. What the services cannot download, it downloads itself.
 *
 * On other systems than Windows, and with a version of electron-updater that is not known, nothing is
 * attached, and the updater's logger is told why.
 *
 * Throws a TypeError or RangeError for an argument that is no updater, for an unknown option and for a wrong
 * value of one, on every system, and at no other time.
 *
 * @param updater Such as `autoUpdater`.
 * @returns Undoes it.
 * @example
 * const detach = attach(autoUpdater, { cost: 'no-roaming' });
 * app.on('before-quit', () => void detach({ keep: true }));
 */
export function attach(updater: Updater, options?: AttachOptions): Detach {
  return attachBy(library, updater, options);
}
