// SPDX-License-Identifier: MIT
//
// Loads the native binary on the first call. A failure says which of three cases it is: not Windows, no
// binary for this architecture, or a binary that does not load. The paths are static, so that bundlers,
// asar archives and every package manager find the file.

import { isMainThread } from 'node:worker_threads';
import type {
  AnyCall,
  Binding,
  BindingEvent,
  Handle,
  SinkEvent,
  SinkKind,
} from '../../typings/binding.js';
import { version } from '../../package.json';
import { readSystemText } from '../codes.js';
import { DosvcError } from '../errors.js';
import { callListener } from '../listeners.js';

let loaded: Binding | undefined;
let listens = false;

/**
 * The binding of this environment, which reports to this module from now on.
 *
 * @throws {DosvcError} `ERR_DOSVC_UNSUPPORTED_PLATFORM`, `ERR_DOSVC_NO_BINARY` or
 * `ERR_DOSVC_LOAD_FAILED`.
 */
export function binding(): Binding {
  const found = load();
  if (!listens) found.listen(tell, isMainThread);
  listens = true;
  return found;
}

// Only a code that is not listed needs the binary's text, so only such a code loads it.
readSystemText((hresult) => (isSupported() ? load().systemText(hresult) : ''));

/**
 * Returns whether the package works here: the system is Windows and the native binary loads. Never
 * throws, and does not contact a service.
 */
export function isSupported(): boolean {
  try {
    load();
    return true;
  } catch {
    return false;
  }
}

function load(): Binding {
  loaded ??= checkedBinary();
  return loaded;
}

function checkedBinary(): Binding {
  if (process.platform !== 'win32') {
    throw new DosvcError(
      `dosvc requires Windows; this system is ${process.platform}. Call isSupported() to check first.`,
      { code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM' },
    );
  }
  const binary = requireBinary();
  if (binary.version !== version) {
    throw new DosvcError(
      `The native binary belongs to dosvc ${binary.version}, but the package is version ${version}. Reinstall dosvc; if you bundle it, bundle the package and the binary again.`,
      { code: 'ERR_DOSVC_LOAD_FAILED' },
    );
  }
  return binary;
}

// What the first require() of the binary threw. In a bundle of webpack, the next one throws nothing, and
// gives an empty object.
let thrown: { cause: unknown } | undefined;

// Each path is in a try block of its own: a bundler that does not find the file there only warns.
function requireBinary(): Binding {
  if (thrown !== undefined) throw loadError(thrown.cause);
  switch (process.arch) {
    case 'x64':
      try {
        return bindingIn(require('../../prebuilds/win32-x64/dosvc.node'));
      } catch (cause) {
        throw loadError(cause);
      }
    case 'ia32':
      try {
        return bindingIn(require('../../prebuilds/win32-ia32/dosvc.node'));
      } catch (cause) {
        throw loadError(cause);
      }
    case 'arm64':
      try {
        return bindingIn(require('../../prebuilds/win32-arm64/dosvc.node'));
      } catch (cause) {
        throw loadError(cause);
      }
    default:
      throw noBinary();
  }
}

// A bundler may wrap the binding in a namespace object, or put something of its own in its place: the path
// to which it has copied it, or its bytes.
function bindingIn(loaded: unknown): Binding {
  const { default: found = loaded } = Object(loaded) as { default?: unknown };
  const { listen } = Object(found) as Partial<Binding>;
  if (typeof listen === 'function') return found as Binding;
  const what = typeof found === 'string' ? 'a path' : 'something else';
  throw new DosvcError(
    `A bundler put ${what} in the place of the dosvc binary. Mark dosvc as external, or have the bundler copy *.node files and require the copies (in esbuild, the loader 'copy').`,
    { code: 'ERR_DOSVC_LOAD_FAILED' },
  );
}

// A missing file is reported differently from a file that does not load.
function loadError(cause: unknown): DosvcError {
  if (cause instanceof DosvcError) return cause;
  thrown = { cause };
  if ((cause as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return noBinary(cause);
  const { message } = cause as Error;
  const advice =
    cause instanceof ReferenceError
      ? '. A bundler made an ES module of it: bundle it as CommonJS, or treat dosvc as external.'
      : '';
  return new DosvcError(
    `The dosvc binary for win32-${process.arch} could not be loaded: ${message}${advice}`,
    { code: 'ERR_DOSVC_LOAD_FAILED', cause },
  );
}

function noBinary(cause?: unknown): DosvcError {
  return new DosvcError(
    `The dosvc binary for win32-${process.arch} was not found. The package contains binaries under prebuilds/: a bundler must copy them, and an asar archive must leave them unpacked.`,
    { code: 'ERR_DOSVC_NO_BINARY', cause },
  );
}

type Listener = (event: BindingEvent) => void;
const listeners = new Map<Handle, Listener>();

/**
 * Sets the listener of a callback object, and holds it strongly until {@link unlisten}. Events and the
 * outcomes of calls reach JavaScript in the order in which they arrived.
 */
export function listen<
  Kind extends SinkKind,
  Look extends readonly AnyCall[] = readonly AnyCall[],
  Brought extends readonly AnyCall[] = readonly AnyCall[],
>(sink: Handle, listener: (event: SinkEvent<Kind, Look, Brought>) => void): void {
  listeners.set(sink, listener as Listener);
}

export function unlisten(subscription: Handle): void {
  listeners.delete(subscription);
}

// In a microtask, as promises deliver the outcomes of calls: that keeps events and outcomes in order.
function tell(events: BindingEvent[]): void {
  queueMicrotask(() => {
    for (const event of events) callListener(listeners.get(event.subscription) ?? refuse, event);
  });
}

// Nobody listens any more: releases what the event carries, and answers no to what it asks.
function refuse({ value }: BindingEvent): void {
  if ('question' in value) loaded?.answer(value.question, null);
  if ('brought' in value && value.brought.value !== null) {
    loaded?.release(value.brought.value.object.handle);
  }
}
