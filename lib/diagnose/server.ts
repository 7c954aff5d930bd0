// SPDX-License-Identifier: MIT
//
// Asks a server what the services will ask, and says which error each lack will give. The services need
// a response to HEAD, with a length, and byte ranges.
//
// See https://learn.microsoft.com/windows/win32/bits/http-requirements-for-bits-downloads

import type { ServiceName } from '../services.js';
import { findingsIn, type Entry, type Fact, type Finding } from './finding.js';
import { failedRequest, type failedRequestTable } from './failed-request.js';
import type { Limit } from './limit.js';
import { ask, type Answer } from './request.js';

export const serverTable = {
  'server-answers': {
    severity: 'ok',
    meaning: '{host} answers HEAD with the status {status}.',
  },
  'server-refuses': {
    severity: 'error',
    meaning: '{host} answers with the status {status}, to HEAD and to GET.',
    advice:
      'Check the address in a browser. If the server wants a login, the service needs credentials or a header as well.',
  },
  'head-refused': {
    severity: 'error',
    meaning:
      '{host} answers GET, but refuses HEAD with the status {status}. Both services ask with HEAD.',
    advice: 'Make the server answer HEAD as it answers GET, or use the route http of download().',
  },
  'get-refused': {
    severity: 'error',
    meaning: '{host} answers HEAD, but refuses GET of a range with the status {status}.',
    advice: 'Make the server answer GET with a Range, or use another one.',
  },
  'length-declared': {
    severity: 'ok',
    meaning: 'The server declares the length: {length} bytes.',
  },
  'length-missing': {
    severity: 'error',
    meaning: 'The response to HEAD has no Content-Length, without which the services do not begin.',
    advice:
      'Make the server send Content-Length, also in response to HEAD: dynamic compression and chunked responses take it away.',
    errors: {
      'delivery-optimization': 'ERROR_WINHTTP_HEADER_NOT_FOUND',
      bits: 'BG_E_MISSING_FILE_SIZE',
    },
  },
  'length-differs': {
    severity: 'error',
    meaning:
      'The response to HEAD declares {head} bytes, and the one to a range {range}: the services see two different files.',
    advice: 'Check whether several servers with different versions answer under this address.',
  },
  'ranges-supported': {
    severity: 'ok',
    meaning: 'The server sends byte ranges.',
  },
  'ranges-missing': {
    severity: 'error',
    meaning: 'The server does not send byte ranges: it answers a Range with the status {status}.',
    advice:
      'Serve the file from a server that answers Range requests with status 206, or use the route http of download().',
    errors: {
      'delivery-optimization': 'DO_E_INSUFFICIENT_RANGE_SUPPORT',
      bits: 'BG_E_INSUFFICIENT_RANGE_SUPPORT',
    },
  },
  'ranges-wrong': {
    severity: 'error',
    meaning:
      'The server answers a Range with status 206, but with another Content-Range: {contentRange}.',
    advice: 'Mend the server, or use another one.',
    errors: {
      'delivery-optimization': 'DO_E_INSUFFICIENT_RANGE_SUPPORT',
      bits: 'BG_E_INSUFFICIENT_RANGE_SUPPORT',
    },
  },
  'validator-present': {
    severity: 'ok',
    meaning: 'The server sends {validators}, by which a changed file is noticed.',
  },
  'validator-missing': {
    severity: 'warning',
    meaning:
      'The server sends neither ETag nor Last-Modified. A file that changes during a download may then be put together from two versions.',
    advice: 'Make the server send one of them, and compare a hash: the option hash of download().',
  },
  'content-coded': {
    severity: 'warning',
    meaning:
      'The server compresses the content ({coding}) although identity was asked for. The length is then that of the compressed bytes, and a service may store these.',
    advice: 'Turn compression off for this file.',
  },
  'page-for-file': {
    severity: 'warning',
    meaning:
      'The server sends a web page ({type}) for a file that ends in {extension}: probably a login or an error page, which the services would take for the file.',
    advice:
      'Check the address in a browser, and compare a size or a hash: the options of download().',
  },
  redirected: {
    severity: 'info',
    meaning: 'The server redirects {count} times, to {host}. The services follow.',
  },
  'redirected-to-other-origin': {
    severity: 'info',
    meaning:
      'The server redirects {count} times, to {host}. Both services follow, and send the headers that were set for the first server to the other one as well.',
    advice: 'Do not set headers with credentials for this address; download() drops them there.',
  },
} as const satisfies Record<string, Entry>;

export type ServerFinding = Finding<keyof typeof serverTable | keyof typeof failedRequestTable>;

const finding = findingsIn(serverTable);

/** Asks with HEAD, and then for the first byte. Rejects if the caller aborts it. */
export async function serverFindings(url: URL, limit: Limit): Promise<ServerFinding[]> {
  const { signal } = limit;
  try {
    const head = await ask('HEAD', url, { 'accept-encoding': 'identity' }, signal);
    // For a range, fetch itself asks for identity.
    const range = await ask('GET', url, { range: 'bytes=0-0' }, signal);
    return answerFindings(head, range);
  } catch (error) {
    if (signal.aborted && !limit.isLate) throw error;
    return [failedRequest(url, error, limit.isLate)];
  }
}

function answerFindings(head: Answer, range: Answer): ServerFinding[] {
  const { host } = head.url;
  const { status } = head;
  const hops = redirectFindings(head);
  if (isRefusal(head)) {
    // A file without a byte has no first one.
    const refusesBoth = isRefusal(range) && range.status !== 416;
    const code = refusesBoth ? 'server-refuses' : 'head-refused';
    return [...hops, finding(code, { facts: { host, status }, errors: bothOf(status) })];
  }
  if (isRefusal(range) && range.status !== 416) {
    const facts = { host, status: range.status };
    return [...hops, finding('get-refused', { facts, errors: bothOf(range.status) })];
  }
  return [
    ...hops,
    finding('server-answers', { facts: { host, status } }),
    ...lengthFindings(head, range),
    rangeFinding(head, range),
    ...contentFindings(head),
  ];
}

function isRefusal({ status }: Answer): boolean {
  return status < 200 || status > 299;
}

/** What both services make of an HTTP status. */
function bothOf(status: number): Record<ServiceName, number> {
  const hresult = 0x80190000 + status;
  return { 'delivery-optimization': hresult, bits: hresult };
}

function redirectFindings({ redirects, url }: Answer): ServerFinding[] {
  const first = redirects[0]?.from;
  if (first === undefined) return [];
  const facts = { count: redirects.length, host: url.host };
  const same = redirects.every(({ to }) => to.origin === first.origin);
  return [finding(same ? 'redirected' : 'redirected-to-other-origin', { facts })];
}

function lengthFindings(head: Answer, range: Answer): ServerFinding[] {
  const length = lengthOf(head);
  if (length === null) return [finding('length-missing')];
  const total = /\/(\d+)$/.exec(range.headers.get('content-range') ?? '')?.[1];
  if (total === undefined || Number(total) === length) {
    return [finding('length-declared', { facts: { length } })];
  }
  return [finding('length-differs', { facts: { head: length, range: Number(total) } })];
}

function lengthOf({ headers }: Answer): number | null {
  const length = headers.get('content-length');
  return length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

function rangeFinding(head: Answer, range: Answer): ServerFinding {
  const { status } = range;
  if (status === 416 && lengthOf(head) === 0) return finding('ranges-supported');
  if (status !== 206) return finding('ranges-missing', { facts: { status } });
  const contentRange = range.headers.get('content-range');
  if (/^bytes 0-0\/(\d+|\*)$/.test(contentRange ?? '')) return finding('ranges-supported');
  return finding('ranges-wrong', { facts: { contentRange: shortOf(contentRange) } });
}

function contentFindings({ headers, url }: Answer): ServerFinding[] {
  const validators = ['etag', 'last-modified'].filter((name) => headers.has(name)).join(', ');
  const coding = headers.get('content-encoding') ?? 'identity';
  const type = headers.get('content-type') ?? '';
  const [extension] = /\.[a-z0-9]{1,12}$/i.exec(url.pathname) ?? [];
  const facts: Record<string, Fact> = { type: shortOf(type), extension: extension ?? null };
  return [
    validators === ''
      ? finding('validator-missing')
      : finding('validator-present', { facts: { validators } }),
    ...(coding === 'identity'
      ? []
      : [finding('content-coded', { facts: { coding: shortOf(coding) } })]),
    ...(isPage(type) &&
    extension !== undefined &&
    !/^\.(html?|xhtml|php|aspx?|jsp)$/i.test(extension)
      ? [finding('page-for-file', { facts })]
      : []),
  ];
}

function isPage(type: string): boolean {
  return /^(text\/html|application\/xhtml\+xml)\b/i.test(type);
}

// What a server sends may be anything, also very long.
function shortOf(text: string | null): string {
  return (text ?? 'none').replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
}
