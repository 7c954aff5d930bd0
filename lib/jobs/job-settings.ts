// SPDX-License-Identifier: MIT
//
// What is set on a job and read back: its names, its priority, how it notifies and when it gives up.

import { checkLiteral, checkString, checkUint32 } from '../arguments.js';
import {
  jobPriority,
  literalOf,
  proxyUsage,
  type JobPriority,
  type Open,
  type ProxyUsage,
} from '../generated/enums.js';
import type { Remote } from '../remote.js';
import { JobEvents } from './job-events.js';
import { NotifyInterfaces } from './notify-interface.js';

export interface ProxySettings {
  proxyUsage: Open<ProxyUsage>;
  proxyList: string | null;
  proxyBypassList: string | null;
}

// What the services document for a description, and for a list of proxies.
const longestDescription = 1024;
const longestProxyList = 32_000;

export class JobSettings extends JobEvents {
  readonly #remote: Remote;
  readonly #id: string;

  /** @internal */
  constructor(remote: Remote, id: string) {
    super(remote, id);
    this.#remote = remote;
    this.#id = id;
  }

  /**
   * @param displayName 1 to 256 characters.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setdisplayname
   */
  async setDisplayName(displayName: string): Promise<void> {
    const name = checkString('displayName', displayName, 256);
    await this.#remote.call('IBackgroundCopyJob::SetDisplayName', name);
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getdisplayname */
  getDisplayName(): Promise<string | null> {
    return this.#remote.call('IBackgroundCopyJob::GetDisplayName');
  }

  /**
   * @param description Up to 1,024 characters.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setdescription
   */
  async setDescription(description: string): Promise<void> {
    const text = checkString('description', description, longestDescription, 0);
    await this.#remote.call('IBackgroundCopyJob::SetDescription', text);
  }

  /** @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-getdescription */
  getDescription(): Promise<string | null> {
    return this.#remote.call('IBackgroundCopyJob::GetDescription');
  }

  /**
   * @param priority To Delivery Optimization, all but `'foreground'` are the same.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setpriority
   */
  async setPriority(priority: JobPriority): Promise<void> {
    const number = checkLiteral('priority', priority, jobPriority);
    await this.#remote.call('IBackgroundCopyJob::SetPriority', number);
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getpriority */
  async getPriority(): Promise<Open<JobPriority>> {
    return literalOf(jobPriority, await this.#remote.call('IBackgroundCopyJob::GetPriority'));
  }

  /**
   * From here on the flags are yours: listeners no longer widen them, nor put them back.
   *
   * @param flags `BG_NOTIFY_*`: 1 transferred, 2 error, 8 modification.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnotifyflags
   */
  async setNotifyFlags(flags: number): Promise<void> {
    const checked = checkUint32('flags', flags);
    await NotifyInterfaces.of(this.#id).setFlags(this.#remote, checked);
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getnotifyflags */
  getNotifyFlags(): Promise<number> {
    return this.#remote.call('IBackgroundCopyJob::GetNotifyFlags');
  }

  /** @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setminimumretrydelay */
  async setMinimumRetryDelay(seconds: number): Promise<void> {
    const delay = checkUint32('seconds', seconds);
    await this.#remote.call('IBackgroundCopyJob::SetMinimumRetryDelay', delay);
  }

  /** @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-getminimumretrydelay */
  getMinimumRetryDelay(): Promise<number> {
    return this.#remote.call('IBackgroundCopyJob::GetMinimumRetryDelay');
  }

  /**
   * @param seconds After so long without progress a transient error becomes an error.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnoprogresstimeout
   */
  async setNoProgressTimeout(seconds: number): Promise<void> {
    const timeout = checkUint32('seconds', seconds);
    await this.#remote.call('IBackgroundCopyJob::SetNoProgressTimeout', timeout);
  }

  /** @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getnoprogresstimeout */
  getNoProgressTimeout(): Promise<number> {
    return this.#remote.call('IBackgroundCopyJob::GetNoProgressTimeout');
  }

  /**
   * @param usage Only `'override'` takes the lists.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setproxysettings
   */
  async setProxySettings(
    usage: ProxyUsage,
    proxyList: string | null = null,
    proxyBypassList: string | null = null,
  ): Promise<void> {
    const number = checkLiteral('usage', usage, proxyUsage);
    if (proxyList !== null) checkString('proxyList', proxyList, longestProxyList);
    if (proxyBypassList !== null) checkString('proxyBypassList', proxyBypassList, longestProxyList);
    await this.#remote.call(
      'IBackgroundCopyJob::SetProxySettings',
      number,
      proxyList,
      proxyBypassList,
    );
  }

  /** @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-getproxysettings */
  async getProxySettings(): Promise<ProxySettings> {
    const [usage, proxyList, proxyBypassList] = await this.#remote.call(
      'IBackgroundCopyJob::GetProxySettings',
    );
    return { proxyUsage: literalOf(proxyUsage, usage), proxyList, proxyBypassList };
  }
}
