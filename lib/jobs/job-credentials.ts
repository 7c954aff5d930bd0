// SPDX-License-Identifier: MIT
//
// The credentials with which a job answers a server or a proxy that asks for them. BITS has these methods,
// in IBackgroundCopyJob2. No error shows any part of the credentials.

import { checkLiteral, checkOptions, checkSecret, fault } from '../arguments.js';
import { S_FALSE } from '../codes.js';
import { target as remote } from '../feed/subscribed-events.js';
import { authScheme, authTarget, type AuthScheme, type AuthTarget } from '../generated/enums.js';
import { JobReply } from './job-reply.js';

/**
 * Credentials for a server or a proxy. `userName` and `password` are both null for those of the logged-on
 * user, which only `'ntlm'` and `'negotiate'` support.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits1_5/ns-bits1_5-bg_basic_credentials
 */
export interface Credentials {
  /** Who asks for them. */
  target: AuthTarget;
  /** The scheme that they are for. `'basic'` sends the password readable, so use it with https only. */
  scheme: AuthScheme;
  /**
   * Up to 300 characters: `'DOMAIN\\user'` in most cases, and an e-mail address for `'passport'`. Null
   * for the logged-on user.
   */
  userName: string | null;
  /** Up to 65,536 characters; it may be empty. Null if the user name is null. */
  password: string | null;
}

// The documented limits, in characters.
const longestUserName = 300;
const longestPassword = 65_536;

const names = ['target', 'scheme', 'userName', 'password'] as const;
// For these schemes, the service does not take the logged-on user's credentials.
const explicit: readonly unknown[] = ['basic', 'digest', 'passport'] satisfies AuthScheme[];

export class JobCredentials extends JobReply {
  /**
   * Sets credentials for one target and one scheme. Call this before the first `resume()`, once for each
   * scheme that the server or the proxy may ask for. They replace those set before for the same target
   * and scheme, and stay until they are removed, the job ends, or `takeOwnership()` is called. They cannot
   * be read back. BITS only; it ignores them for a `\\server\share`.
   *
   * If they are refused, the job fails with `BG_E_HTTP_ERROR_401` (server) or `BG_E_HTTP_ERROR_407`
   * (proxy): set others and call `resume()`. If you do not know which scheme failed, set all of them again.
   *
   * Credentials of the logged-on user for a proxy are used for the server as well, unless the server has
   * others.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-setcredentials
   */
  async setCredentials(credentials: Credentials): Promise<void> {
    const given = checkOptions('credentials', credentials, names);
    const { userName = null, password = null } = given;
    const target = checkLiteral('credentials.target', given.target, authTarget);
    const scheme = checkLiteral('credentials.scheme', given.scheme, authScheme);
    if (userName !== null || explicit.includes(given.scheme)) {
      checkSecret('credentials.userName', userName, longestUserName);
      checkSecret('credentials.password', password, longestPassword);
    } else if (password !== null) {
      const expected = 'null like the user name';
      throw fault('ERR_INVALID_ARG_VALUE', 'credentials.password', expected, password, true);
    }
    const row = 'IBackgroundCopyJob2::SetCredentials';
    await this[remote].call(row, { target, scheme, userName, password });
  }

  /**
   * Removes the credentials that were set for a target and a scheme. BITS only.
   *
   * @param target Whose requests they answer.
   * @param scheme The scheme that they are for.
   * @returns Whether the job had such credentials.
   * @see https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-removecredentials
   */
  async removeCredentials(target: AuthTarget, scheme: AuthScheme): Promise<boolean> {
    const whose = checkLiteral('target', target, authTarget);
    const which = checkLiteral('scheme', scheme, authScheme);
    const row = 'IBackgroundCopyJob2::RemoveCredentials';
    return (await this[remote].outcome(row, whose, which)).hresult !== S_FALSE;
  }
}
