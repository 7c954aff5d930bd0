// SPDX-License-Identifier: MIT
//
// What can be said of an address before anything is asked of its server.

import { fault } from '../arguments.js';
import { findingsIn, type Entry, type Finding } from './finding.js';

export const addressTable = {
  'address-accepted': {
    severity: 'ok',
    meaning: 'Both services take the address.',
  },
  'address-invalid': {
    severity: 'error',
    meaning: 'The address is no URL.',
    advice: 'Pass an absolute http or https URL.',
  },
  'address-scheme': {
    severity: 'error',
    meaning:
      'The address begins with {scheme}: Delivery Optimization and BITS download over http and https.',
    advice: 'Serve the file over https.',
  },
  'address-of-share': {
    severity: 'warning',
    meaning:
      'The address is a path to a share, which BITS takes and Delivery Optimization does not. Nothing was asked of the server.',
    advice: 'Use BITS, or serve the file over https.',
  },
  'address-too-long': {
    severity: 'error',
    meaning:
      'The address has {length} characters. A job takes an address of 2,200 characters at most, and dosvc refuses a longer one with ERR_INVALID_ARG_VALUE.',
    advice: 'Shorten it, for example with a redirect, or use a download (DownloadManager).',
  },
  'address-with-credentials': {
    severity: 'warning',
    meaning:
      'The address has a user name or a password in it, which the services do not document. fetch refuses such an address. Nothing of it was sent.',
    advice:
      'Take them out of the address, and pass them as a header, or on BITS through setCredentials() of a job.',
  },
  'address-with-fragment': {
    severity: 'info',
    meaning: 'The address has a fragment (#...), which is not for the server.',
    advice: 'Cut it off: a service may send it. download() does so itself.',
  },
} as const satisfies Record<string, Entry>;

type AddressFinding = Finding<keyof typeof addressTable>;

const finding = findingsIn(addressTable);
const longestAddress = 2200;

/** What was given as the option `url`, as a text. */
export function checkAddress(name: string, value: unknown): string {
  const text = value instanceof URL ? value.href : value;
  if (typeof text === 'string') return text;
  throw fault('ERR_INVALID_ARG_TYPE', name, 'a string or a URL', value, true);
}

/** What is found of an address, and the URL to ask: null if there is nothing to ask. */
export function addressFindings(address: string): { found: AddressFinding[]; url: URL | null } {
  const length =
    address.length > longestAddress
      ? [finding('address-too-long', { facts: { length: address.length } })]
      : [];
  if (address.startsWith('\\\\'))
    return { found: [...length, finding('address-of-share')], url: null };
  if (!URL.canParse(address)) return { found: [finding('address-invalid')], url: null };
  const url = new URL(address);
  const scheme = url.protocol;
  if (scheme !== 'http:' && scheme !== 'https:') {
    return { found: [finding('address-scheme', { facts: { scheme } })], url: null };
  }
  const found = [
    ...length,
    ...(url.username || url.password ? [finding('address-with-credentials')] : []),
    ...(url.hash ? [finding('address-with-fragment')] : []),
  ];
  url.username = '';
  url.password = '';
  url.hash = '';
  return { found: found.length > 0 ? found : [finding('address-accepted')], url };
}
