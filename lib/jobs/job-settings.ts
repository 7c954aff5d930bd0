// SPDX-License-Identifier: MIT
//
// The settings of a job and their getters: names, priority, notify flags, time limits and proxy.

import { checkLiteral, checkSecret, checkString, checkUint32 } from '../arguments.js';
import {
  jobPriority,
  literalOf,
  proxyUsage,
  type JobPriority,
  type Open,
  type ProxyUsage,
} from '../generated/enums.js';
import { target } from '../feed/subscribed-events.js';
import { shared } from './job-events.js';
import { JobInformation } from './job-information.js';

/**
 * The proxy settings of a job.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-getproxysettings
 */
export interface ProxySettings {
  /** Which proxy the job uses. */
  proxyUsage: Open<ProxyUsage>;
  /** The proxies, separated by spaces; null if there are none. */
  proxyList: string | null;
  /** The hosts that bypass the proxies, separated by spaces; null if there are none. */
  proxyBypassList: string | null;
}

// The documented limits of a description and of a proxy list, in characters.
const longestDescription = 1024;
const longestProxyList = 32_000;

export class JobSettings extends JobInformation {
  /**
   * Sets the display name of the job.
   *
   * @param displayName 1 to 256 characters.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setdisplayname
   */
  async setDisplayName(displayName: string): Promise<void> {
    const name = checkString('displayName', displayName, 256);
    await this[target].call('IBackgroundCopyJob::SetDisplayName', name);
  }

  /**
   * Gets the display name of the job.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getdisplayname
   */
  getDisplayName(): Promise<string | null> {
    return this[target].call('IBackgroundCopyJob::GetDisplayName');
  }

  /**
   * Sets the description of the job.
   *
   * @param description Up to 1,024 characters.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setdescription
   */
  async setDescription(description: string): Promise<void> {
    const text = checkString('description', description, longestDescription, 0);
    await this[target].call('IBackgroundCopyJob::SetDescription', text);
  }

  /**
   * Gets the description of the job.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-getdescription
   */
  getDescription(): Promise<string | null> {
    return this[target].call('IBackgroundCopyJob::GetDescription');
  }

  /**
   * Sets the priority of the job.
   *
   * @param priority Delivery Optimization treats all values except `'foreground'` alike.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setpriority
   */
  async setPriority(priority: JobPriority): Promise<void> {
    const number = checkLiteral('priority', priority, jobPriority);
    await this[target].call('IBackgroundCopyJob::SetPriority', number);
  }

  /**
   * Gets the priority of the job.
   *
   * @returns The name of the priority, or its number if this version does not know it.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getpriority
   */
  async getPriority(): Promise<Open<JobPriority>> {
    return literalOf(jobPriority, await this[target].call('IBackgroundCopyJob::GetPriority'));
  }

  /**
   * Sets the notify flags of the job. From then on, until the manager is closed, listeners neither add
   * to the flags nor put them back.
   *
   * @param flags A combination of `BG_NOTIFY_*` flags: 1 (transferred), 2 (error), 8 (modification).
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnotifyflags
   */
  async setNotifyFlags(flags: number): Promise<void> {
    const checked = checkUint32('flags', flags);
    await this[shared].notify.setFlags(this[target], checked);
  }

  /**
   * Gets the notify flags of the job, a combination of `BG_NOTIFY_*` flags.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getnotifyflags
   */
  getNotifyFlags(): Promise<number> {
    return this[target].call('IBackgroundCopyJob::GetNotifyFlags');
  }

  /**
   * Sets the minimum time that the service waits after a transient error before it tries again.
   *
   * @param seconds The delay in seconds.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setminimumretrydelay
   */
  async setMinimumRetryDelay(seconds: number): Promise<void> {
    const delay = checkUint32('seconds', seconds);
    await this[target].call('IBackgroundCopyJob::SetMinimumRetryDelay', delay);
  }

  /**
   * Gets the minimum retry delay of the job, in seconds.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-getminimumretrydelay
   */
  getMinimumRetryDelay(): Promise<number> {
    return this[target].call('IBackgroundCopyJob::GetMinimumRetryDelay');
  }

  /**
   * Sets the time without progress after which a transient error becomes an error.
   *
   * @param seconds The time in seconds.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnoprogresstimeout
   */
  async setNoProgressTimeout(seconds: number): Promise<void> {
    const timeout = checkUint32('seconds', seconds);
    await this[target].call('IBackgroundCopyJob::SetNoProgressTimeout', timeout);
  }

  /**
   * Gets the no-progress timeout of the job, in seconds.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-getnoprogresstimeout
   */
  getNoProgressTimeout(): Promise<number> {
    return this[target].call('IBackgroundCopyJob::GetNoProgressTimeout');
  }

  /**
   * Sets the proxy that the job uses.
   *
   * @param usage Which proxy to use. Only `'override'` takes the lists.
   * @param proxyList The proxies, separated by spaces, up to 32,000 characters.
   * @param proxyBypassList The hosts that bypass the proxies, in the same form.
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setproxysettings
   */
  async setProxySettings(
    usage: ProxyUsage,
    proxyList: string | null = null,
    proxyBypassList: string | null = null,
  ): Promise<void> {
    const number = checkLiteral('usage', usage, proxyUsage);
    if (proxyList !== null) checkSecret('proxyList', proxyList, longestProxyList, 1);
    if (proxyBypassList !== null) {
      checkSecret('proxyBypassList', proxyBypassList, longestProxyList, 1);
    }
    await this[target].call(
      'IBackgroundCopyJob::SetProxySettings',
      number,
      proxyList,
      proxyBypassList,
    );
  }

  /**
   * Gets the proxy settings of the job.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-getproxysettings
   */
  async getProxySettings(): Promise<ProxySettings> {
    const [usage, proxyList, proxyBypassList] = await this[target].call(
      'IBackgroundCopyJob::GetProxySettings',
    );
    return { proxyUsage: literalOf(proxyUsage, usage), proxyList, proxyBypassList };
  }
}
