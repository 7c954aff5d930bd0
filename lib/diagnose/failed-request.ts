// SPDX-License-Identifier: MIT
//
// Why a request got no response, and what the services would report.

import { findingsIn, type Entry, type Finding } from './finding.js';
import { RedirectError } from './request.js';

export const failedRequestTable = {
  'server-not-found': {
    severity: 'error',
    meaning: 'The name {host} could not be resolved.',
    advice: 'Check the address, the network and DNS.',
    errors: {
      'delivery-optimization': 'ERROR_WINHTTP_NAME_NOT_RESOLVED',
      bits: 'ERROR_WINHTTP_NAME_NOT_RESOLVED',
    },
  },
  'server-unreachable': {
    severity: 'error',
    meaning: 'No connection to {host} could be made ({reason}).',
    advice: 'Check the address, the server, the firewall and the proxy.',
    errors: {
      'delivery-optimization': 'ERROR_WINHTTP_CANNOT_CONNECT',
      bits: 'ERROR_WINHTTP_CANNOT_CONNECT',
    },
  },
  'server-disconnects': {
    severity: 'error',
    meaning: '{host} closed the connection without a response ({reason}).',
    advice: 'Check the server, and what stands between: proxies, firewalls and virus scanners.',
    errors: {
      'delivery-optimization': 'ERROR_WINHTTP_CONNECTION_ERROR',
      bits: 'ERROR_WINHTTP_CONNECTION_ERROR',
    },
  },
  'server-silent': {
    severity: 'error',
    meaning: '{host} did not respond in time.',
    advice: 'Check the server, or give diagnose() a longer timeout.',
    errors: { 'delivery-optimization': 'ERROR_WINHTTP_TIMEOUT', bits: 'ERROR_WINHTTP_TIMEOUT' },
  },
  'server-malformed': {
    severity: 'error',
    meaning: 'The response of {host} is no valid HTTP ({reason}).',
    advice: 'Mend the server, or what stands between.',
    errors: {
      'delivery-optimization': 'ERROR_WINHTTP_INVALID_SERVER_RESPONSE',
      bits: 'ERROR_WINHTTP_INVALID_SERVER_RESPONSE',
    },
  },
  'certificate-rejected': {
    severity: 'error',
    meaning:
      "Node.js does not trust the certificate of {host} ({reason}). The services decide by Windows' certificate store, which may trust more authorities.",
    advice:
      'Check the certificate. If the authority is in the store of Windows alone, the services may still work: start Node.js with --use-system-ca.',
    errors: {
      'delivery-optimization': 'ERROR_WINHTTP_SECURE_FAILURE',
      bits: 'ERROR_WINHTTP_SECURE_FAILURE',
    },
  },
  'redirect-endless': {
    severity: 'error',
    meaning: '{host} redirects more than ten times.',
    advice: 'Mend the redirects of the server.',
    errors: {
      'delivery-optimization': 'ERROR_WINHTTP_REDIRECT_FAILED',
      bits: 'ERROR_WINHTTP_REDIRECT_FAILED',
    },
  },
  'redirect-downgrade': {
    severity: 'error',
    meaning: '{host} redirects from https to http, which WinHTTP does not follow by default.',
    advice: 'Redirect to https.',
    errors: {
      'delivery-optimization': 'ERROR_WINHTTP_REDIRECT_FAILED',
      bits: 'ERROR_WINHTTP_REDIRECT_FAILED',
    },
  },
  'redirect-nowhere': {
    severity: 'error',
    meaning: '{host} redirects to something that is no URL.',
    advice: 'Mend the redirects of the server.',
    errors: {
      'delivery-optimization': 'ERROR_WINHTTP_REDIRECT_FAILED',
      bits: 'ERROR_WINHTTP_REDIRECT_FAILED',
    },
  },
} as const satisfies Record<string, Entry>;

type Code = keyof typeof failedRequestTable;

const finding = findingsIn(failedRequestTable);

// By the beginning of the code that Node.js gives.
const reasons: readonly (readonly [code: RegExp, finding: Code])[] = [
  [/^(ENOTFOUND|EAI_)/, 'server-not-found'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)/, 'server-disconnects'],
  [/^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)/, 'server-silent'],
  [/^(HPE_|UND_ERR_RESPONSE|UND_ERR_HEADERS_OVERFLOW)/, 'server-malformed'],
  [/^(CERT_|ERR_TLS_CERT|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/, 'certificate-rejected'],
];

/** @param error What the request rejected with, unless the caller aborted it. */
export function failedRequest(url: URL, error: unknown, late: boolean): Finding<Code> {
  const { host } = url;
  if (late) return finding('server-silent', { facts: { host } });
  if (error instanceof RedirectError)
    return finding(`redirect-${error.reason}`, { facts: { host } });
  const reason = reasonOf(error);
  const code = reasons.find(([pattern]) => pattern.test(reason))?.[1] ?? 'server-unreachable';
  return finding(code, { facts: { host, reason } });
}

// The code alone: a message may have more of the address in it.
function reasonOf(error: unknown): string {
  const { cause, code } = Object(error) as { cause?: unknown; code?: unknown };
  if (typeof code === 'string' && /^[A-Z0-9_]+$/.test(code)) return code;
  return cause === undefined ? 'unknown' : reasonOf(cause);
}
