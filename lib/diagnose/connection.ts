// SPDX-License-Identifier: MIT
//
// Connects to a service, which starts it, and finds out which interfaces it has.

import { DownloadManager } from '../downloads/manager.js';
import { DosvcError } from '../errors.js';
import type { BackgroundCopyJob } from '../jobs/job.js';
import { BackgroundCopyManager } from '../jobs/manager.js';
import type { JobInterface } from '../jobs/interfaces.js';
import type { ServiceName } from '../services.js';
import { factsOf } from './error-facts.js';
import { findingsIn, type Entry, type Finding } from './finding.js';

export const connectionTable = {
  'service-answers': {
    severity: 'ok',
    meaning: '{service} answers.',
  },
  'service-does-not-answer': {
    severity: 'error',
    meaning: '{service} does not answer: {code}. {why}',
    advice: '{remedy}',
  },
  interfaces: {
    severity: 'info',
    meaning: 'The jobs of {service} have the interfaces {interfaces}; they lack {missing}.',
  },
  'download-api-present': {
    severity: 'ok',
    meaning: '{service} has the download API (IDOManager).',
  },
  'download-api-missing': {
    severity: 'warning',
    meaning: '{service} does not have the download API (IDOManager): {code}. {why}',
    advice:
      'Use jobs: BackgroundCopyManager. The route delivery-optimization of download() does not work.',
  },
} as const satisfies Record<string, Entry>;

export type ConnectionFinding = Finding<keyof typeof connectionTable>;

const finding = findingsIn(connectionTable);

/** Connects to the job API of a service. The manager is null if that failed. */
export async function connect(
  service: ServiceName,
  callTimeout: number,
): Promise<{ manager: BackgroundCopyManager | null; found: ConnectionFinding[] }> {
  try {
    // Without polls: a probe listens to nothing but callbacks.
    const pollInterval = longestInterval;
    const manager = await BackgroundCopyManager.connect({ service, callTimeout, pollInterval });
    return { manager, found: [finding('service-answers', { service })] };
  } catch (error) {
    if (!(error instanceof DosvcError)) throw error;
    const { hresult } = error;
    const errors = hresult === undefined ? {} : { [service]: hresult };
    const found = { service, facts: factsOf(error), errors };
    return { manager: null, found: [finding('service-does-not-answer', found)] };
  }
}

// The longest that a timer takes, about 24 days.
const longestInterval = 2 ** 31 - 1;

/** Whether Delivery Optimization has its download API. */
export async function downloadApi(callTimeout: number): Promise<ConnectionFinding> {
  const service = 'delivery-optimization';
  try {
    const manager = await DownloadManager.connect({ callTimeout });
    await manager.close();
    return finding('download-api-present', { service });
  } catch (error) {
    if (!(error instanceof DosvcError)) throw error;
    return finding('download-api-missing', { service, facts: factsOf(error) });
  }
}

type Ask = (job: BackgroundCopyJob) => Promise<unknown>;

// A call of each interface that changes nothing. Whether it succeeds does not matter.
const asks: Readonly<Record<ServiceName, Partial<Record<JobInterface, Ask>>>> = {
  'delivery-optimization': {
    IBackgroundCopyJob5: (job) => job.as('IBackgroundCopyJob5').getProperty(1),
    IDeliveryOptimizationJob2: (job) => job.as('IDeliveryOptimizationJob2').getProperty(0),
  },
  bits: {
    IBackgroundCopyJob2: (job) => job.as('IBackgroundCopyJob2').getNotifyCmdLine(),
    IBackgroundCopyJob3: (job) => job.as('IBackgroundCopyJob3').getFileACLFlags(),
    IBackgroundCopyJob4: (job) => job.as('IBackgroundCopyJob4').getPeerCachingFlags(),
    IBackgroundCopyJob5: (job) => job.as('IBackgroundCopyJob5').getProperty(1),
    IBackgroundCopyJobHttpOptions: (job) =>
      job.as('IBackgroundCopyJobHttpOptions').getSecurityFlags(),
    IBackgroundCopyJobHttpOptions2: (job) =>
      job.as('IBackgroundCopyJobHttpOptions2').getHttpMethod(),
    IBitsTokenOptions: (job) => job.as('IBitsTokenOptions').getHelperTokenFlags(),
  },
};

/** Which later interfaces a job has. */
export async function interfacesOf(
  service: ServiceName,
  job: BackgroundCopyJob,
): Promise<ConnectionFinding> {
  const interfaces = ['IBackgroundCopyJob'];
  const missing: string[] = [];
  for (const [name, ask] of Object.entries(asks[service])) {
    const lacks = await ask(job).then(() => false, isMissingInterface);
    (lacks ? missing : interfaces).push(name);
  }
  const facts = {
    interfaces: interfaces.join(', '),
    missing: missing.length > 0 ? missing.join(', ') : 'none of the later ones',
  };
  return finding('interfaces', { service, facts });
}

function isMissingInterface(error: unknown): boolean {
  if (error instanceof DosvcError) return error.code === 'ERR_DOSVC_INTERFACE_MISSING';
  throw error;
}
