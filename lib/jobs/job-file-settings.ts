// SPDX-License-Identifier: MIT
//
// What applies to all files of a job: the beginnings of their URLs, the security information that they
// keep, and whether peers share them. BITS has these methods, in IBackgroundCopyJob3 and 4.

import { checkSecret } from '../arguments.js';
import { S_FALSE } from '../codes.js';
import { target } from '../feed/subscribed-events.js';
import { checkFlags, flagsOf } from '../flags.js';
import {
  copyFileFlag,
  peerCachingFlag,
  type CopyFileFlag,
  type Open,
  type PeerCachingFlag,
} from '../generated/enums.js';
import { JobSettings } from './job-settings.js';

// The longest URL of a file, of which a prefix is a part.
const longestPrefix = 2200;

export class JobFileSettings extends JobSettings {
  /**
   * Replaces the beginning of the URLs of the job's files, for example to change the server. For
   * downloads, until the job is completed or cancelled. If the file at a new URL differs, or its server
   * does not support ranges, the file is fetched from its beginning again; files that are transferred
   * stay as they are. BITS only.
   *
   * Rejects with `E_INVALIDARG` if a new URL is not valid or longer than 2,200 characters, with
   * `E_NOTIMPL` for an upload, and with `BG_E_INVALID_STATE` once the job is completed or cancelled.
   *
   * @param oldPrefix The text that URLs begin with now, compared exactly, such as `'https://old.example.com/'`;
   * also the beginning of a `\\server\share`.
   * @param newPrefix The text in its place.
   * @returns Whether any URL began with `oldPrefix`.
   * @see https://learn.microsoft.com/windows/win32/api/bits2_0/nf-bits2_0-ibackgroundcopyjob3-replaceremoteprefix
   */
  async replaceRemotePrefix(oldPrefix: string | URL, newPrefix: string | URL): Promise<boolean> {
    const before = checkPrefix('oldPrefix', oldPrefix);
    const after = checkPrefix('newPrefix', newPrefix);
    const row = 'IBackgroundCopyJob3::ReplaceRemotePrefix';
    return (await this[target].outcome(row, before, after)).hresult !== S_FALSE;
  }

  /**
   * Sets which security information of a file on a share its copy keeps; for http and https, the service
   * ignores it. Call this before the first `resume()`: files that were transferred before do not keep it.
   * BITS only.
   *
   * `'owner'` and `'group'` require SeRestorePrivilege, `'sacl'` SeSecurityPrivilege on both computers.
   * Without them, the job waits with `E_ACCESSDENIED`. Rejects with `BG_E_INVALID_STATE` once the job is
   * transferred.
   *
   * @param flags Any of `'owner'`, `'group'`, `'dacl'`, `'sacl'`, or `'all'`; an empty array for none. They
   * replace those that were set.
   * @see https://learn.microsoft.com/windows/win32/api/bits2_0/nf-bits2_0-ibackgroundcopyjob3-setfileaclflags
   */
  async setFileACLFlags(flags: readonly Open<CopyFileFlag>[]): Promise<void> {
    const checked = checkFlags('flags', flags, copyFileFlag);
    await this[target].call('IBackgroundCopyJob3::SetFileACLFlags', checked);
  }

  /**
   * Gets which security information of a file on a share its copy keeps. BITS only.
   *
   * @returns The flags, never `'all'`. A flag that this version does not know is a number.
   * @see https://learn.microsoft.com/windows/win32/api/bits2_0/nf-bits2_0-ibackgroundcopyjob3-getfileaclflags
   */
  async getFileACLFlags(): Promise<Open<CopyFileFlag>[]> {
    const flags = await this[target].call('IBackgroundCopyJob3::GetFileACLFlags');
    return flagsOf(copyFileFlag, flags);
  }

  /**
   * Sets whether the job shares content with peers. The peer cache was deprecated with Windows 7, so only
   * `'disable-branch-cache'` has an effect from then on. Both other flags need the machine's consent as
   * well, by policy or by `setConfigurationFlags` of the manager's `as('IBitsPeerCacheAdministration')`.
   * BITS only, from Windows Vista on.
   *
   * @param flags Any of the flags; an empty array for none. They replace those that were set.
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyjob4-setpeercachingflags
   */
  async setPeerCachingFlags(flags: readonly Open<PeerCachingFlag>[]): Promise<void> {
    const checked = checkFlags('flags', flags, peerCachingFlag);
    await this[target].call('IBackgroundCopyJob4::SetPeerCachingFlags', checked);
  }

  /**
   * Gets whether the job shares content with peers. BITS only, from Windows Vista on.
   *
   * @returns The flags. A flag that this version does not know is a number.
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyjob4-getpeercachingflags
   */
  async getPeerCachingFlags(): Promise<Open<PeerCachingFlag>[]> {
    const flags = await this[target].call('IBackgroundCopyJob4::GetPeerCachingFlags');
    return flagsOf(peerCachingFlag, flags);
  }
}

function checkPrefix(name: string, value: unknown): string {
  return checkSecret(name, value instanceof URL ? value.href : value, longestPrefix, 1);
}
