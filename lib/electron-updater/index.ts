// SPDX-License-Identifier: MIT
//
// The public API of `dosvc/electron-updater`.

export { attach } from './attach.js';
export type { Detach, DetachOptions } from './attachment.js';
export type { AttachOptions } from './options.js';
export type { Updater, UpdaterLogger } from './surface.js';
