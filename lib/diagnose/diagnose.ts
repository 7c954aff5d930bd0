// SPDX-License-Identifier: MIT
//
// Looks for whatever keeps downloads from working on this machine, or from this server.

import { checkBoolean, checkInteger, checkOptions, checkSignal } from '../arguments.js';
import { abortError } from '../errors.js';
import { longestDelay } from '../remote/connection.js';
import { withoutSecrets } from '../secrets.js';
import { addressFindings, checkAddress } from './address.js';
import { allOf, Limit } from './limit.js';
import { unsupportedPlatform } from './machine.js';
import { reportOf, type DiagnosticFinding, type DiagnosticReport } from './report.js';
import { serverFindings } from './server.js';
import { windowsChecks } from './windows-checks.js';

/** Options of {@link diagnose}. */
export interface DiagnoseOptions {
  /** An address to download from: its server is asked what the services will ask. */
  url?: string | URL | undefined;
  /**
   * Whether to connect to both services, which starts them, and to make a job on each, which transfers a
   * small file from this process and is then cancelled. False by default: nothing is started.
   */
  start?: boolean | undefined;
  /** Ends the checks with an AbortError, once the probe jobs are cancelled. */
  signal?: AbortSignal | undefined;
  /**
   * The longest time for all checks, in milliseconds; 30,000 by default. A check that is not done by then
   * is a finding. To cancel a probe job may take up to 10 seconds more.
   */
  timeout?: number | undefined;
}

/**
 * Looks for whatever keeps downloads from working: on this machine, and with `url` on its server. Needs no
 * administrator rights. Without `start`, it makes no COM call and starts no service.
 *
 * On another system than Windows, one finding says so, and the server is asked all the same.
 *
 * Rejects with a TypeError or RangeError for an invalid argument, and with an AbortError; everything else
 * is a finding.
 *
 * @example
 * const report = await diagnose({ url: 'https://example.com/app.msix', start: true });
 * console.log(String(report));
 */
export async function diagnose(options?: DiagnoseOptions): Promise<DiagnosticReport> {
  const names = ['url', 'start', 'signal', 'timeout'] as const;
  const { url, start = false, signal, timeout = 30_000 } = checkOptions('options', options, names);
  const address = url === undefined ? null : checkAddress('options.url', url);
  checkBoolean('options.start', start);
  checkSignal('options.signal', signal);
  checkInteger('options.timeout', timeout, 1, longestDelay);
  if (signal?.aborted) throw abortError(signal);
  const limit = new Limit(signal, timeout);
  try {
    const machine = process.platform === 'win32' ? windowsChecks(limit, start) : onlyElsewhere();
    const server = address === null ? Promise.resolve([]) : serverChecks(limit, address);
    const findings = (await allOf([machine, server])).flat();
    signal?.throwIfAborted();
    const about = { url: address === null ? null : withoutSecrets(address), started: start };
    return reportOf(about, findings);
  } catch (error) {
    throw signal?.aborted === true ? abortError(signal) : error;
  } finally {
    limit.end();
  }
}

function onlyElsewhere(): Promise<DiagnosticFinding[]> {
  return Promise.resolve([unsupportedPlatform()]);
}

async function serverChecks(limit: Limit, address: string): Promise<DiagnosticFinding[]> {
  const { found, url } = addressFindings(address);
  if (url === null) return found;
  return [...found, ...(await limit.check('the server', () => serverFindings(url, limit)))];
}
