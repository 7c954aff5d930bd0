// SPDX-License-Identifier: MIT
//
// Asks a server what the file at an address is called.

import { nameIn } from './file-name.js';

const mostRedirects = 10;
/** In milliseconds. */
const patience = 10_000;

/**
 * The name that the server gives the file; undefined if it gives none, or does not answer: the download
 * itself then says why.
 */
export async function askedName(
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  let url = new URL(address);
  let own = headers;
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      // A signed address may allow GET alone, and the first byte will do.
      const response = await fetch(url, {
        headers: { ...own, range: 'bytes=0-0' },
        redirect: 'manual',
        signal: either,
      });
      await response.body?.cancel();
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null) {
        return response.ok ? nameIn(response.headers.get('content-disposition') ?? '') : undefined;
      }
      const next = new URL(location, url);
      // The headers may hold credentials. Another origin gets none, and does not say where they go next.
      if (next.origin !== url.origin) own = {};
      url = next;
    }
  } catch {
    signal.throwIfAborted();
  }
  return undefined;
}
