// SPDX-License-Identifier: MIT
//
// Turns a failed outcome into an error, with one deterministic code and a message that says what
// happened and what to do.

import type { Outcome } from '../typings/binding.js';
import {
  describe,
  hex,
  hresultOf,
  httpStatusOf,
  infoOf,
  isFailure,
  isGone,
  traitsOf,
} from './codes.js';
import type { Blame, HresultCode } from './generated/hresults.js';
import { ownCodes, type OwnCode } from './generated/own-codes.js';
import { interfacesSince } from './generated/since.js';
import { meaningOfNotImplemented } from './not-implemented.js';

/**
 * The code of an error: this package's own, the first name of an HRESULT, or the HRESULT in hexadecimal
 * if it has no name.
 */
export type DosvcErrorCode = OwnCode | HresultCode | (string & {});

/** What a {@link DosvcError} has besides its message. */
export interface DosvcErrorOptions {
  /** The one name of the value. */
  code: DosvcErrorCode;
  /** Every name of the value; `code` alone by default. */
  names?: readonly string[] | undefined;
  /** The HRESULT as an unsigned number. */
  hresult?: number | undefined;
  /** The call that failed. */
  operation?: string | undefined;
  /** Whether repeating the call may help and cannot carry it out twice; false by default. */
  retryable?: boolean | undefined;
  /** Whether the call may have been carried out although its result was lost; false by default. */
  mayHaveRun?: boolean | undefined;
  /** By default, what is known of the code. */
  blame?: Blame | undefined;
  /** By default, what is known of the code. */
  transient?: boolean | undefined;
  /** What caused the error. */
  cause?: unknown;
}

/** An error of the service, of the connection to it, or of this package's binary. */
export class DosvcError extends Error {
  /** The name of the class, as in `Error`. */
  override readonly name: string = 'DosvcError';
  /**
   * The one name of the value: `'DO_E_JOB_NOT_FOUND'`, `'ERR_DOSVC_CLOSED'`, or the HRESULT in
   * hexadecimal if it has no name.
   */
  readonly code: DosvcErrorCode;
  /** Every name of the value; the first one is `code`. */
  readonly names: readonly string[];
  /** The HRESULT as an unsigned number; undefined if the error has none. */
  readonly hresult: number | undefined;
  /** The call that failed, such as `'IBackgroundCopyManager::GetJob'`; undefined if there was none. */
  readonly operation: string | undefined;
  /** Whether repeating the call may help and cannot carry it out twice. */
  readonly retryable: boolean;
  /** Whether the call may have been carried out although its result was lost. */
  readonly mayHaveRun: boolean;
  /** Where the cause lies. */
  readonly blame: Blame;
  /**
   * Whether the service waits and continues by itself, so there is nothing to do. In the error of a job
   * or a download, that depends on its state, otherwise on the code.
   */
  readonly transient: boolean;
  /** The HTTP status that the service reports in HRESULTs 0x80190064 to 0x80190257, else undefined. */
  readonly httpStatus: number | undefined;

  constructor(message: string, options: DosvcErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.names = options.names ?? [options.code];
    this.hresult = options.hresult;
    this.operation = options.operation;
    this.retryable = options.retryable ?? false;
    this.mayHaveRun = options.mayHaveRun ?? false;
    const { blame, transient } = judged(options.code, options.hresult);
    this.blame = options.blame ?? blame;
    this.transient = options.transient ?? transient;
    this.httpStatus = httpStatusOf(options.hresult);
  }

  /**
   * Everything that the error says, as a plain object: name, message, every field and the cause. Send
   * this to a worker or another process, because a copy of an Error keeps only its message.
   */
  toJSON(): Record<string, unknown> {
    return fieldsOf(this);
  }
}

/** Whether a code is one of this package's own. */
export function isOwn(code: string): code is OwnCode {
  return Object.hasOwn(ownCodes, code);
}

function judged(code: string, given: number | undefined): { blame: Blame; transient: boolean } {
  if (isOwn(code)) return { blame: ownCodes[code].blame, transient: false };
  const hresult = given ?? hresultOf(code);
  return hresult === undefined ? { blame: 'system', transient: false } : infoOf(hresult);
}

// A field may hold an error again, also in a list. `inside` has those around this one, in case one is its
// own cause.
function fieldsOf(error: Error, inside: readonly unknown[] = []): Record<string, unknown> {
  const all = [...inside, error];
  const named = { name: error.name, message: error.message };
  const own = Object.entries(error) as [string, unknown][];
  const fields: [string, unknown][] = [...Object.entries(named), ...own, ['cause', error.cause]];
  return Object.fromEntries(
    fields.flatMap(([field, value]) => {
      if (value === undefined || all.includes(value)) return [];
      return [[field, plain(value, all)]];
    }),
  );
}

function plain(value: unknown, inside: readonly unknown[]): unknown {
  if (value instanceof Error) return fieldsOf(value, inside);
  const isRecord = Object.prototype.toString.call(value) === '[object Object]';
  if (!Array.isArray(value) && !isRecord) return value;
  const all = [...inside, value];
  const entries = Object.entries(value as object) as [string, unknown][];
  const known = entries.filter(([, item]) => !all.includes(item));
  const copied = known.map(([field, item]) => [field, plain(item, all)] as const);
  return isRecord ? Object.fromEntries(copied) : copied.map(([, item]) => item);
}

/** Whether a call failed, at whatever stage it ended. */
export function failed(outcome: Outcome): boolean {
  return outcome.stage !== undefined || isFailure(outcome.hresult);
}

/** What an error message says about a call besides its outcome. */
export interface Context {
  /** The service's name in messages. */
  service: string;
  operation: string;
  /** Whether the object ends with the service's process and cannot be re-fetched. */
  ends?: boolean;
  /** The interface that an activation asks for. */
  manager?: string;
}

/** The error of a failed outcome. */
export function errorOf(outcome: Outcome, context: Context): Error {
  const { service, operation, ends, manager = 'the interface' } = context;
  const { hresult, stage } = outcome;
  switch (stage) {
    case 'timeout': {
      const ran = outcome.mayHaveRun === true;
      const retryable = !ran || changesNothing(operation);
      const advice = retryable ? 'You can repeat the call.' : mayHaveRunAdvice;
      return new DosvcError(
        `${operation}: ${service} did not answer in time. ${ran ? advice : 'The call was not sent.'}`,
        { code: 'ERR_DOSVC_CALL_TIMEOUT', operation, mayHaveRun: ran, retryable },
      );
    }
    case 'closed':
      return closedError(operation);
    case 'argument':
      return argumentError(operation, outcome.detail);
    case 'activation':
      if (hresult === E_NOINTERFACE) return missingInterface(hresult, service, manager);
      if (traitsOf(hresult).includes('not-installed')) {
        const what = `${service} is not available on this system`;
        return missingError('ERR_DOSVC_SERVICE_MISSING', hresult, what);
      }
      break;
    case 'interface':
      if (hresult === E_NOINTERFACE) {
        return missingInterface(hresult, service, operation.replace(/::.*/, ''), operation);
      }
      break;
    case 'result':
    case undefined:
      break;
  }
  return serviceError(outcome, operation, ends === true && isGone(hresult));
}

/** The error of a call on a closed object. */
export function closedError(operation: string): DosvcError {
  const message = `${operation}: the object is closed. Connect again, or fetch the object again.`;
  return new DosvcError(message, { code: 'ERR_DOSVC_CLOSED', operation });
}

/** The error of content that has another size than the one given for it. */
export function sizeError(what: string, actual: number, given: number, advice: string): DosvcError {
  const sizes = `${what} has ${String(actual)} bytes, not the ${String(given)} that were given.`;
  return new DosvcError(`${sizes} ${advice}`, { code: 'ERR_DOSVC_SIZE_MISMATCH' });
}

/** An error that this library raises itself, under a code of the service. */
export function refusal(hresult: number, beginning: string): DosvcError {
  const { words, ...named } = describe(hresult);
  return new DosvcError(`${beginning} ${words}`, named);
}

/** The error of an aborted signal, in the form of Node's own. */
export function abortError(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

const E_NOTIMPL = 0x80004001;
const E_NOINTERFACE = 0x80004002;
const mayHaveRunAdvice =
  'The call may still have been carried out: before you repeat it, read the state of the object or check whether it created anything.';

/** Whether the call is safe to repeat. Activation is: an object that it created is released again. */
export function changesNothing(operation: string): boolean {
  return operation === 'CoCreateInstance' || /::(Get|Enum|Is)/.test(operation);
}

function serviceError(outcome: Outcome, operation: string, ended: boolean): DosvcError {
  const { hresult, detail } = outcome;
  const reads = changesNothing(operation);
  const sent = outcome.stage !== 'interface' && outcome.stage !== 'activation';
  const traits = traitsOf(hresult);
  const lost = traits.includes('lost');
  const mayHaveRun = !reads && sent && (outcome.mayHaveRun === true || lost);
  const { words, ...named } = describe(hresult, {
    ...(detail !== undefined && { meaning: detail }),
    ...(hresult === E_NOTIMPL && meaningOfNotImplemented(operation)),
    ...(mayHaveRun && { advice: mayHaveRunAdvice }),
    ...(ended && {
      advice:
        'This object ended with the service process: fetch it again from the object that returned it.',
    }),
  });
  return new DosvcError(`${operation}: ${words}`, {
    ...named,
    operation,
    mayHaveRun,
    retryable: !ended && (traits.includes('unsent') || (reads && lost)),
  });
}

function missingInterface(
  hresult: number,
  service: string,
  name: string,
  operation?: string,
): DosvcError {
  const result = operation === undefined ? '' : `, so ${operation} cannot be called`;
  const since = Object.hasOwn(interfacesSince, name) ? interfacesSince[name] : undefined;
  const version = since === undefined ? '' : `. It came with ${since}`;
  const what = `${service} does not implement ${name} on this system${result}${version}`;
  return missingError('ERR_DOSVC_INTERFACE_MISSING', hresult, what, operation);
}

function missingError(
  code: OwnCode,
  hresult: number,
  what: string,
  operation?: string,
): DosvcError {
  return new DosvcError(`${what}. (${code}, ${hex(hresult)})`, {
    code,
    names: [code, ...infoOf(hresult).names],
    hresult,
    operation,
  });
}

function argumentError(operation: string, detail = 'an argument is invalid'): Error {
  return Object.assign(new TypeError(`${operation}: ${detail}`), { code: 'ERR_INVALID_ARG_VALUE' });
}
