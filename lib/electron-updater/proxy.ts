// SPDX-License-Identifier: MIT
//
// Whether the updater's session has a proxy of its own. The services know only those of Windows, so they
// could not reach the server, or would reach it in a way that the application does not want.

import type { DiagnosticReport } from '../index.js';
import type { Inside } from './surface.js';

/** The session's proxy for an address, if Windows does not have it; undefined otherwise. */
export async function ownProxy(
  updater: Inside,
  url: string,
  diagnose: () => Promise<Pick<DiagnosticReport, 'findings'>>,
): Promise<string | undefined> {
  const resolved = await resolveProxy(updater, url);
  // The first that is named is tried first.
  const [, kind = '', proxy] = /^\s*(\w+)\s+([^\s;]+)/.exec(resolved) ?? [];
  if (proxy === undefined) return undefined;
  const isHttp = /^(PROXY|HTTPS)$/i.test(kind);
  return isHttp && (await isWindows(proxy, diagnose)) ? undefined : proxy;
}

/** What the session answers, such as `'PROXY proxy:8080; DIRECT'`; `''` without a session. */
async function resolveProxy(updater: Inside, url: string): Promise<string> {
  try {
    return (await updater.netSession?.resolveProxy(url)) ?? '';
  } catch {
    return '';
  }
}

async function isWindows(
  proxy: string,
  diagnose: () => Promise<Pick<DiagnosticReport, 'findings'>>,
): Promise<boolean> {
  const { findings } = await diagnose();
  const set = findings.find(({ code }) => code === 'proxy-set');
  if (set === undefined) return false;
  const { machine = 'none', user = 'none', script = 'none' } = set.facts;
  // What a script answers is not known here, but the session asks the same one.
  if (script !== 'none') return true;
  const hosts = `${String(machine)}, ${String(user)}`.split(', ');
  return hosts.includes(hostOf(proxy));
}

/** As diagnose() reports it: without the port of http. */
function hostOf(proxy: string): string {
  const url = `http://${proxy}`;
  return URL.canParse(url) ? new URL(url).host : proxy.toLowerCase();
}
