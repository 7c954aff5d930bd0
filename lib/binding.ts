// SPDX-License-Identifier: MIT
//
// The loader. Nothing native is loaded before the first call; each failure says which of the three
// it is: not Windows, no binary for this architecture, or a binary that does not load. The paths
// are static, so that bundlers, asar archives and every package manager find the file.

import { isMainThread } from 'node:worker_threads';
import type { Binding, BindingEvent, Handle } from '../typings/binding.js';
import { version } from '../package.json';
import { DosvcError } from './errors.js';
import { tellSafely } from './listeners.js';

let loaded: Binding | undefined;

/**
 * The binding of this environment.
 *
 * @throws {DosvcError} `ERR_DOSVC_UNSUPPORTED_PLATFORM`, `ERR_DOSVC_NO_BINARY` or
 * `ERR_DOSVC_LOAD_FAILED`.
 */
export function binding(): Binding {
  loaded ??= load();
  return loaded;
}

/** Whether this is Windows and the binary loads. Never throws, and touches no service. */
export function isSupported(): boolean {
  try {
    binding();
    return true;
  } catch {
    return false;
  }
}

function load(): Binding {
  if (process.platform !== 'win32') {
    throw new DosvcError(
      `dosvc needs Windows; this is ${process.platform}. isSupported() tells beforehand.`,
      { code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM' },
    );
  }
  let binary: Binding;
  try {
    binary = requireBinary();
  } catch (cause) {
    throw cause instanceof DosvcError ? cause : loadError(cause);
  }
  if (binary.version !== version) {
    throw new DosvcError(
      `The binary is of dosvc ${binary.version}, the package is ${version}. Reinstall dosvc; where it is bundled, bundle both again.`,
      { code: 'ERR_DOSVC_LOAD_FAILED' },
    );
  }
  binary.listen(tell, isMainThread);
  return binary;
}

function requireBinary(): Binding {
  switch (process.arch) {
    case 'x64':
      return require('../prebuilds/win32-x64/dosvc.node') as Binding;
    case 'ia32':
      return require('../prebuilds/win32-ia32/dosvc.node') as Binding;
    case 'arm64':
      return require('../prebuilds/win32-arm64/dosvc.node') as Binding;
    default:
      throw noBinary();
  }
}

// A file that is not there is another thing than a file that does not load.
function loadError(cause: unknown): DosvcError {
  if ((cause as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return noBinary(cause);
  return new DosvcError(
    `The binary of dosvc for win32-${process.arch} did not load: ${(cause as Error).message}`,
    { code: 'ERR_DOSVC_LOAD_FAILED', cause },
  );
}

function noBinary(cause?: unknown): DosvcError {
  return new DosvcError(
    `dosvc has no binary for win32-${process.arch} here. The package brings prebuilds/win32-${process.arch}/dosvc.node; a bundler has to copy it, and an asar archive to leave it unpacked.`,
    { code: 'ERR_DOSVC_NO_BINARY', cause },
  );
}

export type Listener = (event: BindingEvent) => void;
const listeners = new Map<Handle, Listener>();

/** Hears what a subscription tells; strongly held until {@link unlisten}. */
export function listen(subscription: Handle, listener: Listener): void {
  listeners.set(subscription, listener);
}

export function unlisten(subscription: Handle): void {
  listeners.delete(subscription);
}

function tell(events: BindingEvent[]): void {
  for (const event of events) tellSafely(() => listeners.get(event.subscription)?.(event));
}
