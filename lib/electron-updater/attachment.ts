// SPDX-License-Identifier: MIT
//
// Attaches the library to an updater, or says why it does not, and undoes it.

import type { Library } from './by-service.js';
import { Hook } from './hook.js';
import { Log } from './log.js';
import { optionsOf, refusal, type AttachOptions } from './options.js';
import { faultOf, type Inside, type Updater } from './surface.js';
import { isKnown, tried, versionOf } from './version.js';

/** Options of {@link Detach}. */
export interface DetachOptions {
  /** Leaves what is being downloaded to the service, for the next start of the application. */
  keep?: boolean | undefined;
}

/**
 * Gives the downloads back to electron-updater. What a service is downloading ends there, and
 * electron-updater downloads it itself; with `keep`, it goes on. Does nothing if called again.
 *
 * @returns Resolves when nothing of it remains in the service; with `keep`, at once.
 */
export type Detach = (options?: DetachOptions) => Promise<void>;

const attached = new WeakMap<object, Hook>();

/** Attaches this library to an updater. */
export function attachBy(
  library: Library,
  updater: Updater,
  options: AttachOptions | undefined,
): Detach {
  const settings = optionsOf(options, library.checkTransferOptions);
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- callers without types
  if (typeof updater !== 'object' || updater === null) {
    throw refusal('ERR_INVALID_ARG_TYPE', `The argument 'updater' must be an updater.`);
  }
  const inside = updater as Inside;
  const log = new Log(inside);
  const reason = reasonAgainst(library, inside);
  if (reason !== undefined) {
    log.info(`not attached, because ${reason}. electron-updater downloads by itself.`);
    return doNothing;
  }
  const { httpExecutor } = inside;
  if (attached.has(httpExecutor)) {
    log.info('not attached again: the first attach() of this updater stays, with its options.');
    return doNothing;
  }
  const hook = new Hook({ library, updater: inside, settings }, log);
  attached.set(httpExecutor, hook);
  return async ({ keep = false } = {}) => {
    hook.remove();
    if (attached.get(httpExecutor) === hook) attached.delete(httpExecutor);
    if (!keep) await hook.stop();
  };
}

const doNothing: Detach = () => Promise.resolve();

function reasonAgainst(library: Library, updater: Inside): string | undefined {
  if (!library.isSupported()) {
    return process.platform === 'win32'
      ? 'its binary cannot be loaded (docs/electron.md, "Bundle it")'
      : 'this system has no service that it can use';
  }
  const version = versionOf(updater);
  if (!isKnown(version)) {
    return `it was tried with electron-updater ${tried.oldest} to ${tried.newest}, and this is ${String(version)}`;
  }
  const fault = faultOf(updater);
  if (fault !== undefined) {
    return `this updater is not as those of electron-updater ${tried.oldest} to ${tried.newest}: ${fault}`;
  }
  return undefined;
}
