// SPDX-License-Identifier: MIT
//
// Asks a server as the services do, and follows its redirects one by one, to see each.

/** The first response that is no redirect, or why there is none. */
export interface Answer {
  status: number;
  headers: Headers;
  /** The address that gave it. */
  url: URL;
  redirects: readonly Redirect[];
}

export interface Redirect {
  from: URL;
  to: URL;
}

/** A request that ended in a redirect which cannot be followed. */
export class RedirectError extends Error {
  readonly reason: 'downgrade' | 'endless' | 'nowhere';

  constructor(reason: RedirectError['reason']) {
    super(`A redirect cannot be followed: ${reason}`);
    this.reason = reason;
  }
}

// As many as WinHTTP follows by default.
const mostRedirects = 10;
const redirectStatuses = [301, 302, 303, 307, 308];

/** @throws {RedirectError} */
export async function ask(
  method: 'HEAD' | 'GET',
  address: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer> {
  const redirects: Redirect[] = [];
  let url = address;
  for (;;) {
    const response = await fetch(url, { method, headers, redirect: 'manual', signal });
    // The body is of no interest, and may be long.
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (!redirectStatuses.includes(response.status) || location === null) {
      return { status: response.status, headers: response.headers, url, redirects };
    }
    if (!URL.canParse(location, url.href)) throw new RedirectError('nowhere');
    const to = new URL(location, url);
    if (url.protocol === 'https:' && to.protocol === 'http:') throw new RedirectError('downgrade');
    if (redirects.length === mostRedirects) throw new RedirectError('endless');
    to.username = '';
    to.password = '';
    redirects.push({ from: url, to });
    url = to;
  }
}
