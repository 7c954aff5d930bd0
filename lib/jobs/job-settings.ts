// SPDX-License-Identifier: MIT
//
// The settings of a job and their getters: names, priority, notifications, time limits and proxy.

import { checkLiteral, checkSecret, checkString, checkUint32, fault } from '../arguments.js';
import {
  jobPriority,
  literalOf,
  proxyUsage,
  type JobPriority,
  type Open,
  type ProxyUsage,
} from '../generated/enums.js';
import { target } from '../feed/subscribed-events.js';
import { checkPath, longestLocalName } from '../paths.js';
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

/**
 * The program that the service starts when a job is transferred or fails.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-getnotifycmdline
 */
export interface NotifyCmdLine {
  /** The path of the program. */
  program: string;
  /** Its command line, which begins with the program; null if there is none. */
  parameters: string | null;
}

// The documented limits of a description, a proxy list and a command line, in characters.
const longestDescription = 1024;
const longestProxyList = 32_000;
const longestParameters = 4000;

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
   * @param flags A combination of `BG_NOTIFY_*` flags: 1 (transferred), 2 (error), 8 (modification). BITS
   *   also takes 4 (no notifications), from Windows Vista on 16 (file transferred), and from Windows 10
   *   version 1703 on 32 (file ranges transferred).
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
   * Sets a program that the service starts, as the user who calls this, when the job enters the state
   * `'transferred'` or `'error'`; if it is in one already, at once. The notify flags say for which of both.
   * While a process listens to the job (events, notify functions, `wait()`), the service calls that process
   * instead, and starts the program only if the call fails. If the program does not end with 0 and the job
   * has not ended, the service starts it again after the minimum retry delay. It is not started for jobs of
   * service accounts; `takeOwnership()` removes it. BITS only.
   *
   * Rejects with `BG_E_INVALID_STATE` once the job is completed or cancelled.
   *
   * @param program The absolute path of the program, up to 259 characters; environment variables are not
   * expanded. Null removes the program.
   * @param parameters The whole command line, which begins with the program, in quotes if it has spaces;
   * up to 4,000 characters. What the program is to know of the job, such as its id, must be in it.
   * @see https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-setnotifycmdline
   */
  async setNotifyCmdLine(program: string | null, parameters: string | null = null): Promise<void> {
    // A whole command line, which may have a secret in it, is easily mistaken for the program.
    if (program !== null) checkPath('program', program, longestLocalName, true);
    if (parameters !== null) {
      checkSecret('parameters', parameters, longestParameters);
      if (program === null) {
        const expected = 'null without a program';
        throw fault('ERR_INVALID_ARG_VALUE', 'parameters', expected, parameters, true);
      }
    }
    await this[target].call('IBackgroundCopyJob2::SetNotifyCmdLine', program, parameters);
  }

  /**
   * Gets the program that the service starts when the job is transferred or fails. BITS only.
   *
   * @returns The program and its command line; null if none is set.
   * @see https://learn.microsoft.com/windows/win32/api/bits1_5/nf-bits1_5-ibackgroundcopyjob2-getnotifycmdline
   */
  async getNotifyCmdLine(): Promise<NotifyCmdLine | null> {
    const row = 'IBackgroundCopyJob2::GetNotifyCmdLine';
    const [program, parameters] = await this[target].call(row);
    // The service returns empty strings for what is not set.
    if (program === null || program === '') return null;
    return { program, parameters: parameters === '' ? null : parameters };
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
   * Sets how long the service may spend on transferring the job: the time in the states `'connecting'`
   * and `'transferring'`, also while the machine sleeps. `resume()` begins it anew. Beyond it, the job
   * fails with `BG_E_MAXDOWNLOAD_TIMEOUT`. BITS only, from Windows Vista on.
   *
   * @param seconds The time in seconds; 7,776,000 (90 days) by default. It takes precedence over the
   * policy MaxDownloadTime.
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyjob4-setmaximumdownloadtime
   */
  async setMaximumDownloadTime(seconds: number): Promise<void> {
    const timeout = checkUint32('seconds', seconds);
    await this[target].call('IBackgroundCopyJob4::SetMaximumDownloadTime', timeout);
  }

  /**
   * Gets how long the service may spend on transferring the job, in seconds. BITS only, from Windows
   * Vista on.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopyjob4-getmaximumdownloadtime
   */
  getMaximumDownloadTime(): Promise<number> {
    return this[target].call('IBackgroundCopyJob4::GetMaximumDownloadTime');
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
