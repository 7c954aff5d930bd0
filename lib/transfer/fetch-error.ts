// SPDX-License-Identifier: MIT
//
// What a failed `fetch` is called: the code with which the services report the same. Its own error is a
// TypeError that may show the address, with what happened as its cause.

import { inspect } from 'node:util';
import { describe } from '../codes.js';
import { abortError, DosvcError } from '../errors.js';
import { received } from '../secrets.js';

const CANNOT_CONNECT = 0x80072efd;
const CONNECTION_ERROR = 0x80072efe;
const NAME_NOT_RESOLVED = 0x80072ee7;
const TIMEOUT = 0x80072ee2;
const INVALID_SERVER_RESPONSE = 0x80072f78;
const REDIRECT_FAILED = 0x80072f7c;
const SECURE_FAILURE = 0x80072f8f;
const SECURE_CERT_DATE_INVALID = 0x80072f05;
const SECURE_CERT_CN_INVALID = 0x80072f06;
const SECURE_INVALID_CA = 0x80072f0d;
const INVALID_URL = 0x80072ee5;
const HTTP = 0x80190000;

// Node's codes and undici's; of what has none, such as Electron's `net`, the messages.
const codes: readonly (readonly [pattern: RegExp, hresult: number])[] = [
  [/^(ENOTFOUND|EAI_\w+)$|ERR_NAME_\w+/, NAME_NOT_RESOLVED],
  [/^(ETIMEDOUT|UND_ERR_\w+_TIMEOUT)$|ERR_(CONNECTION_)?TIMED_OUT/, TIMEOUT],
  [/^(ECONNREFUSED|E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL)$/, CANNOT_CONNECT],
  [/ERR_(CONNECTION_REFUSED|CONNECTION_FAILED|ADDRESS_\w+|INTERNET_\w+|PROXY_\w+)/, CANNOT_CONNECT],
  [/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$|ERR_CERT_DATE_INVALID/, SECURE_CERT_DATE_INVALID],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$|ERR_CERT_COMMON_NAME_INVALID/, SECURE_CERT_CN_INVALID],
  [/SELF_SIGNED|^UNABLE_TO_\w+|ERR_CERT_AUTHORITY_INVALID/, SECURE_INVALID_CA],
  [/^(ERR_SSL|ERR_TLS|CERT_|EPROTO)|ERR_(SSL|CERT|TLS)_\w+/, SECURE_FAILURE],
  [/redirect/i, REDIRECT_FAILED],
  [/^bad port$|ERR_UNSAFE_PORT/, INVALID_URL],
  // For 407, fetch fails, and Node's has no word for it.
  [/^$/, HTTP + 407],
  [/^HPE_|ERR_(INVALID_HTTP_RESPONSE|EMPTY_RESPONSE|HTTP2_\w+)/, INVALID_SERVER_RESPONSE],
];

// What is said of these codes elsewhere is meant for a service.
const words: Readonly<Record<number, { meaning?: string; advice?: string }>> = {
  [CANNOT_CONNECT]: { meaning: 'The server could not be reached.' },
  [CONNECTION_ERROR]: {
    meaning: 'The connection ended too early.',
    advice: 'Check the network, the proxy and the server.',
  },
  [TIMEOUT]: { advice: 'Check the network, the proxy and the server.' },
  [INVALID_URL]: {
    meaning: 'The port belongs to another protocol, so fetch refuses it.',
    advice: 'Serve the file from another port.',
  },
};

/** The error of a `fetch`, or of reading its body, that failed. */
export function fetchError(error: unknown, signal?: AbortSignal): Error {
  if (signal?.aborted) return abortError(signal);
  if (error instanceof DosvcError) return error;
  const cause = reasonOf(error);
  if (cause !== undefined && isMistake(cause)) return mistake(cause);
  const code = cause?.code ?? /net::(ERR_\w+)/.exec(String(cause?.message))?.[1] ?? '';
  const text = code === '' ? String(cause?.message) : code;
  const known = codes.find(([pattern]) => pattern.test(text))?.[1];
  const hresult = known ?? CONNECTION_ERROR;
  const { words: said, ...named } = describe(hresult, words[hresult]);
  const shown = cause !== undefined && isPrintable(cause) ? cause : undefined;
  const own = known === undefined && shown !== undefined ? shortened(shown.message) : '';
  const seen = /^\w+$/.test(code) ? code : own;
  return new DosvcError(`fetch: ${said}${seen === '' ? '' : ` (${seen})`}`, {
    operation: 'fetch',
    ...named,
    cause: shown,
  });
}

// What engines and Node throw because a program is wrong; a failure of the network is a TypeError, too.
const mistakes = /^(Reference|Syntax|Range|Eval)Error$/;
const mistakeCodes = /^(UND_)?ERR_INVALID_(ARG|RETURN|THIS)/;
const mistakeTexts =
  /^Cannot (read|set|access|destructure|convert)|is not (a function|a constructor|iterable|defined)/;

function isMistake({ name, message, code = '' }: NodeJS.ErrnoException): boolean {
  if (mistakes.test(name) || mistakeCodes.test(code)) return true;
  return name === 'TypeError' && code === '' && mistakeTexts.test(message);
}

function mistake(error: Error): DosvcError {
  const shown = isPrintable(error) ? error : undefined;
  const what = shown === undefined ? '' : `: ${shortened(error.message)}`;
  return new DosvcError(
    `fetch: The function threw a ${error.name}${what}. That is no failure of the network: correct that function: the option 'fetch', or globalThis.fetch.`,
    { code: 'E_UNEXPECTED', operation: 'fetch', blame: 'caller', cause: shown },
  );
}

function shortened(text: string): string {
  return text.slice(0, 200).replace(/\.$/, '');
}

/** Checks what `fetch` returned. */
export function checkResponse(response: unknown): Response {
  const { status, headers, body } = (response ?? {}) as Partial<Response>;
  const isResponse = typeof status === 'number' && typeof headers?.get === 'function';
  if (isResponse && (body == null || typeof body.getReader === 'function')) {
    return response as Response;
  }
  const what = isResponse
    ? 'a Response whose body is a ReadableStream'
    : 'a Response, as globalThis.fetch does';
  const message = `fetch: The function that is given as the option 'fetch' must return ${what}. Received ${received(isResponse ? body : response, true)}`;
  const code = 'ERR_INVALID_RETURN_VALUE';
  throw new DosvcError(message, { code, operation: 'fetch', blame: 'caller' });
}

// Another `fetch` than Node's may have in its errors what grants access: an address, its query, a header.
function isPrintable(cause: Error): boolean {
  const secrets = /https?:\/\/|[?&][\w.~%-]+=|authorization|\b(bearer|basic) /i;
  return !secrets.test(inspect(cause, { depth: 10 }));
}

/** The error of a response whose status is not a success. */
export function statusError(status: number): DosvcError {
  const { words: said, ...named } = describe(HTTP + status);
  return new DosvcError(`fetch: ${said}`, { operation: 'fetch', ...named });
}

// Several addresses of one name fail as an AggregateError.
function reasonOf(error: unknown): NodeJS.ErrnoException | undefined {
  let found = error;
  for (let depth = 0; depth < 5 && found instanceof Error; depth += 1) {
    const inner: unknown = found instanceof AggregateError ? found.errors[0] : found.cause;
    if ((found as NodeJS.ErrnoException).code !== undefined || !(inner instanceof Error)) break;
    found = inner;
  }
  return found instanceof Error ? found : undefined;
}
