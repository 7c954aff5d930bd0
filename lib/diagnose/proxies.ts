// SPDX-License-Identifier: MIT
//
// The proxies that the services use. Of each, only the host is reported: a proxy's text may have
// credentials.

import { hex } from '../codes.js';
import type { ReadingOf } from '../remote/system.js';
import { findingsIn, type Entry, type Finding } from './finding.js';

export const proxiesTable = {
  'proxy-none': {
    severity: 'ok',
    meaning: 'No proxy is set, neither for the machine nor for the user.',
  },
  'proxy-automatic': {
    severity: 'info',
    meaning: 'No proxy is set, but Windows looks for one in the network for this user.',
    advice: 'If a download cannot connect, check whether the network has a proxy.',
  },
  'proxy-set': {
    severity: 'info',
    meaning:
      'A proxy is set (machine: {machine}; user: {user}; configuration script: {script}). BITS uses the one of the user, and the one of the machine for accounts of Windows. fetch, which asks the server below, uses none of them.',
    advice:
      'If the proxy asks for credentials, BITS takes them through setCredentials() of a job; Delivery Optimization documents no way.',
  },
  'proxy-unreadable': {
    severity: 'warning',
    meaning: 'Whether a proxy is set could not be read ({code}).',
  },
} as const satisfies Record<string, Entry>;

const finding = findingsIn(proxiesTable);

export const proxiesQueries = { proxies: ['proxies'] } as const;

export function proxiesFinding({
  proxies: { value, hresult },
}: {
  proxies: ReadingOf<'proxies'>;
}): Finding<keyof typeof proxiesTable> {
  if (value === null) return finding('proxy-unreadable', { facts: { code: hex(hresult) } });
  const machine = hostsIn(value.machine);
  const user = hostsIn(value.user);
  const script = value.script ? hostOf(value.script) : 'none';
  if ([machine, user, script].some((set) => set !== 'none')) {
    return finding('proxy-set', { facts: { machine, user, script } });
  }
  return finding(value.autoDetect ? 'proxy-automatic' : 'proxy-none');
}

/** The hosts of a list such as `'http=proxy:8080;https=http://user:password@proxy'`. */
function hostsIn(list: string | null): string {
  const proxies = (list ?? '').split(/[;\s]+/).filter((proxy) => proxy !== '');
  if (proxies.length === 0) return 'none';
  const hosts = proxies.map((proxy) => hostOf(proxy.replace(/^[a-z]+=/i, '')));
  return [...new Set(hosts)].join(', ');
}

function hostOf(address: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  return (URL.canParse(url) && new URL(url).host) || 'set';
}
