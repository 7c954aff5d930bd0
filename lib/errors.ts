// SPDX-License-Identifier: MIT
//
// From an outcome to an error: one deterministic code, in words what happened and what to do.

import type { Outcome } from '../typings/binding.js';
import { hresults, httpClasses, type HresultInfo } from './generated/hresults.js';

/** What this package itself reports, beside the codes of the services. */
export type OwnCode =
  | 'ERR_DOSVC_UNSUPPORTED_PLATFORM'
  | 'ERR_DOSVC_NO_BINARY'
  | 'ERR_DOSVC_LOAD_FAILED'
  | 'ERR_DOSVC_SERVICE_MISSING'
  | 'ERR_DOSVC_INTERFACE_MISSING'
  | 'ERR_DOSVC_CLOSED'
  | 'ERR_DOSVC_CALL_TIMEOUT'
  | 'ERR_DOSVC_TIMEOUT'
  | 'ERR_DOSVC_STALLED';

export interface DosvcErrorOptions {
  code: string;
  names?: readonly string[];
  hresult?: number | undefined;
  operation?: string | undefined;
  retryable?: boolean;
  mayHaveRun?: boolean;
  cause?: unknown;
}

/** A failure of the service, of the connection to it, or of this package's binary. */
export class DosvcError extends Error {
  override readonly name = 'DosvcError';
  /** One name for one value: `'DO_E_JOB_NOT_FOUND'`, `'ERR_DOSVC_CLOSED'`, hex where there is none. */
  readonly code: string;
  /** Every name of the value, `code` first. */
  readonly names: readonly string[];
  /** The HRESULT as an unsigned number; undefined where the failure has none. */
  readonly hresult: number | undefined;
  /** `'IBackgroundCopyManager::GetJob'`; undefined where no method was called. */
  readonly operation: string | undefined;
  /** Repeating the call may help, and cannot do the thing twice. */
  readonly retryable: boolean;
  /** The call may have been carried out although its result was lost. */
  readonly mayHaveRun: boolean;
  /** The HTTP status that the service reports, for codes 0x80190064 to 0x80190257. */
  readonly httpStatus: number | undefined;

  constructor(message: string, options: DosvcErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.names = options.names ?? [options.code];
    this.hresult = options.hresult;
    this.operation = options.operation;
    this.retryable = options.retryable ?? false;
    this.mayHaveRun = options.mayHaveRun ?? false;
    this.httpStatus = httpStatusOf(options.hresult);
  }
}

/** An HRESULT as it is usually written. */
export function hex(hresult: number): string {
  return `0x${hresult.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** The one name of an HRESULT, or its hexadecimal spelling. */
export function nameOf(hresult: number): string {
  return explain(hresult).names[0] ?? hex(hresult);
}

/** Whether a call failed, wherever it ended. */
export function failed(outcome: Outcome): boolean {
  return outcome.stage !== undefined || outcome.hresult >= 0x80000000;
}

/** What the names of services are in sentences. */
export interface Context {
  service: string;
  operation: string;
  /** The object ends with the service's process: nothing brings it back. */
  ends?: boolean;
}

/** The error of an outcome that failed. */
export function errorOf(outcome: Outcome, { service, operation, ends }: Context): Error {
  const { hresult, stage } = outcome;
  switch (stage) {
    case 'timeout': {
      const ran = outcome.mayHaveRun === true;
      const retryable = !ran || changesNothing(operation);
      const advice = retryable ? 'It may be repeated.' : mayHaveRunAdvice;
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
      if (missing.has(hresult)) return missingError('ERR_DOSVC_SERVICE_MISSING', outcome, service);
      break;
    case 'interface':
      if (hresult === E_NOINTERFACE) {
        return missingError('ERR_DOSVC_INTERFACE_MISSING', outcome, service, operation);
      }
      break;
    case 'result':
    case undefined:
      break;
  }
  return serviceError(outcome, operation, ends === true && isGone(hresult));
}

/** A call on something that was let go. */
export function closedError(operation: string): DosvcError {
  return new DosvcError(`${operation}: the object was closed. Connect or fetch it again.`, {
    code: 'ERR_DOSVC_CLOSED',
    operation,
  });
}

/** The error of an aborted signal, as Node's own. */
export function abortError(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

const E_NOTIMPL = 0x80004001;
const E_NOINTERFACE = 0x80004002;
// What activation answers where a service, or its class, is not on the system.
const missing = new Set([
  0x80040154, // REGDB_E_CLASSNOTREG
  0x80040111, // CLASS_E_CLASSNOTAVAILABLE
  0x80070424, // ERROR_SERVICE_DOES_NOT_EXIST
  E_NOINTERFACE,
]);
// The connection was lost while the call was out.
const lost = new Set([
  0x80010002, // RPC_E_CALL_CANCELED
  0x80010006, // RPC_E_CONNECTION_TERMINATED
  0x80010007, // RPC_E_SERVER_DIED
  0x80010105, // RPC_E_SERVERFAULT
  0x8001011f, // RPC_E_TIMEOUT
  0x800706be, // RPC_S_CALL_FAILED
]);
// The call did not reach the service.
const unsent = new Set([
  0x80010001, // RPC_E_CALL_REJECTED
  0x80010012, // RPC_E_SERVER_DIED_DNE
  0x8001010a, // RPC_E_SERVERCALL_RETRYLATER
  0x800401fd, // CO_E_OBJNOTCONNECTED
  0x80010108, // RPC_E_DISCONNECTED
  0x800706ba, // RPC_S_SERVER_UNAVAILABLE
  0x800706bb, // RPC_S_SERVER_TOO_BUSY
  0x800706bf, // RPC_S_CALL_FAILED_DNE
]);
// The service has gone, and what was had of it with it.
const gone = new Set([
  0x80010006, // RPC_E_CONNECTION_TERMINATED
  0x80010007, // RPC_E_SERVER_DIED
  0x80010012, // RPC_E_SERVER_DIED_DNE
  0x80010108, // RPC_E_DISCONNECTED
  0x80010113, // RPC_E_INVALID_IPID
  0x800401fd, // CO_E_OBJNOTCONNECTED
  0x80080005, // CO_E_SERVER_EXEC_FAILURE
  0x80080008, // CO_E_SERVER_STOPPING
  0x800706ba, // RPC_S_SERVER_UNAVAILABLE
  0x800706be, // RPC_S_CALL_FAILED
  0x800706bf, // RPC_S_CALL_FAILED_DNE
]);
// The service has no such job.
const unknown = new Set([
  0x80200001, // BG_E_NOT_FOUND
  0x80d02003, // DO_E_JOB_NOT_FOUND
]);
const mayHaveRunAdvice =
  'It may still have been carried out: read the state of the object before doing it again, or look for what it made.';

/** Whether the service went away, so that what is left of it has to be had anew. */
export function isGone(hresult: number | undefined): boolean {
  return hresult !== undefined && gone.has(hresult);
}

/** Whether the service knows the job no more, so that there is nothing to wait for. */
export function isUnknown(hresult: number): boolean {
  return unknown.has(hresult);
}

/** Whether repeating it cannot do a thing twice. Whatever is made by activation is let go again. */
export function changesNothing(operation: string): boolean {
  return operation === 'CoCreateInstance' || /::(Get|Enum|Is)/.test(operation);
}

function serviceError(outcome: Outcome, operation: string, ended: boolean): DosvcError {
  const { hresult, detail } = outcome;
  const reads = changesNothing(operation);
  const sent = outcome.stage !== 'interface' && outcome.stage !== 'activation';
  const mayHaveRun = !reads && sent && (outcome.mayHaveRun === true || lost.has(hresult));
  const { words, ...named } = describe(hresult, {
    ...(detail !== undefined && { meaning: detail }),
    ...(operation === 'IBackgroundCopyJob::SetNotifyFlags' && hresult === E_NOTIMPL && badFlags),
    ...(mayHaveRun && { advice: mayHaveRunAdvice }),
    ...(ended && { advice: 'This object has ended with it: get it anew from what gave it.' }),
  });
  return new DosvcError(`${operation}: ${words}`, {
    ...named,
    operation,
    mayHaveRun,
    retryable: !ended && (unsent.has(hresult) || (reads && lost.has(hresult))),
  });
}

// Both services answer E_NOTIMPL to flags that they do not know.
const badFlags = {
  meaning: 'The service does not accept these flags.',
  advice: 'Both services know 1 (transferred), 2 (error) and 8 (modification).',
};

/** An HRESULT by its names, and in words: what it means and what to do. */
export function describe(hresult: number, instead: { meaning?: string; advice?: string } = {}) {
  const { names, meaning, advice } = { ...explain(hresult), ...instead };
  const code = names[0] ?? hex(hresult);
  const spelled = code === hex(hresult) ? undefined : `(${code}, ${hex(hresult)})`;
  return {
    code,
    names: names.length > 0 ? names : [code],
    hresult,
    words: [meaning, advice, spelled].filter((word) => word !== undefined).join(' '),
  };
}

function missingError(
  code: OwnCode,
  { hresult }: Outcome,
  service: string,
  operation?: string,
): DosvcError {
  const what =
    operation === undefined
      ? `${service} is not available on this system`
      : `${service} does not offer ${operation.replace(/::.*/, '')} here, which ${operation} belongs to`;
  return new DosvcError(`${what}. (${code}, ${hex(hresult)})`, {
    code,
    names: [code, ...explain(hresult).names],
    hresult,
    operation,
  });
}

function argumentError(operation: string, detail = 'an argument does not fit'): Error {
  return Object.assign(new TypeError(`${operation}: ${detail}`), { code: 'ERR_INVALID_ARG_VALUE' });
}

function httpStatusOf(hresult = 0): number | undefined {
  const status = hresult - 0x80190000;
  return status >= 100 && status <= 599 ? status : undefined;
}

function explain(hresult: number): Pick<HresultInfo, 'names' | 'meaning' | 'advice'> {
  const known = hresults().get(hresult);
  if (known !== undefined) return known;
  const status = httpStatusOf(hresult);
  const http = httpClasses.find(({ from, to }) => from <= (status ?? 0) && (status ?? 0) <= to);
  const meaning =
    http?.meaning.replace('{status}', String(status)) ??
    `The call failed with the code ${hex(hresult)}.`;
  return { names: [], meaning, advice: http?.advice };
}
