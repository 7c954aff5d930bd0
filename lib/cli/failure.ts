// SPDX-License-Identifier: MIT
//
// What is printed of a failure, and the exit status.

import { DosvcError, TransferError } from '../index.js';
import type { AnyCommand } from './command.js';
import { UsageError } from './usage.js';

export const done = 0;
export const failed = 1;
export const wrongUsage = 2;
export const interrupted = 130;

/** An error with its code, and nothing else that a user needs to see. */
export interface Reported {
  code: string | undefined;
  message: string;
}

/**
 * What was wrong with the command line, if that is what an error says: the library checks the values of
 * options itself, and names them as its own API does.
 */
export function usageErrorIn(error: unknown, command: AnyCommand): UsageError | undefined {
  if (error instanceof UsageError) return new UsageError(error.message, command);
  const { code, message } = error as { code?: unknown; message?: unknown };
  const wrong = code === 'ERR_OUT_OF_RANGE' || String(code).startsWith('ERR_INVALID_ARG_');
  const [whole, name] = /^The argument '([^']+)'/.exec(String(message)) ?? [];
  if (!wrong || whole === undefined || name === undefined) return undefined;
  return new UsageError(`${parameterOf(name)}${String(message).slice(whole.length)}.`, command);
}

// Those of the options of the API that have another name here.
const renamed: Readonly<Record<string, string>> = { routes: 'route', headers: 'header' };

/** What an argument of the API is called on the command line: `--older-than` for 'options.olderThan'. */
function parameterOf(argument: string): string {
  const [first = '', ...rest] = argument.replace(/\[\d+\]/g, '').split('.');
  const option = rest.at(-1);
  if (first !== 'options' || option === undefined) return `<${first}>`;
  if (option === 'url') return '<url>';
  const [known = option] = rest.flatMap((part) => renamed[part] ?? []);
  return `--${known.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The text of a failure. */
export function reported(error: unknown): Reported {
  if (!(error instanceof Error)) return { code: undefined, message: String(error) };
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') {
    // A fault of this program: who reports it needs to know where.
    return { code: undefined, message: error.stack ?? error.message };
  }
  if (code === 'ERR_DOSVC_UNSUPPORTED_PLATFORM' && !(error instanceof TransferError)) {
    // The library's own text is for a program, and names a function to call.
    return { code, message: `This needs the services of Windows. (${code})` };
  }
  const { message } = error;
  return { code, message: message.includes(code) ? message : `${message} (${code})` };
}

/** A failure as an object for a program. */
export function failureObject(error: unknown): Record<string, unknown> {
  const fields = error instanceof DosvcError ? error.toJSON() : { ...reported(error) };
  return { kind: 'error', ...fields };
}
