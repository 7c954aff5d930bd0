// SPDX-License-Identifier: MIT
//
// The probe: a job that transfers a small file from this very process and is then cancelled. It shows
// whether the service transfers at all, and whether its callbacks reach this process. If the access list
// that a host gave to CoInitializeSecurity lacks the service's account, no callback arrives, and no call
// fails: nothing else shows it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DosvcError } from '../errors.js';
import type { BackgroundCopyJob } from '../jobs/job.js';
import type { BackgroundCopyManager } from '../jobs/manager.js';
import type { ServiceName } from '../services.js';
import { interfacesOf, type ConnectionFinding } from './connection.js';
import { factsOf } from './error-facts.js';
import { findingsIn, type Entry, type Finding } from './finding.js';
import { ProbeServer } from './probe-server.js';

export const probeTable = {
  'probe-transferred': {
    severity: 'ok',
    meaning: 'A job of {service} transferred a small file from this machine itself.',
  },
  'probe-failed': {
    severity: 'warning',
    meaning:
      'A job of {service} did not transfer a small file from this machine itself: its state was {state}, with {code}. {why}',
    advice: '{remedy}',
  },
  'probe-error': {
    severity: 'error',
    meaning: 'A job of {service} could not be made or run: {code}. {why}',
    advice: '{remedy}',
  },
  'probe-left': {
    severity: 'warning',
    meaning: 'The probe job of {service} could not be cancelled: {code}. {why}',
    advice: 'Cancel it: its id is {id}.',
  },
  'probe-file-left': {
    severity: 'info',
    meaning:
      'The probe left a file of 4 KB in the folder for temporary files, because it could not be deleted ({code}).',
  },
  'callbacks-arrive': {
    severity: 'ok',
    meaning: 'The callbacks of {service} arrive in this process ({callback}).',
  },
  'callbacks-missing': {
    severity: 'warning',
    meaning:
      'No callback of {service} arrived in this process, although a job changed. Events come late then, from the poll alone.',
    advice:
      'If this program calls CoInitializeSecurity, its access list must allow the account of the service: SYSTEM for BITS, NETWORK SERVICE for Delivery Optimization.',
  },
  'callbacks-unproved': {
    severity: 'info',
    meaning:
      'Whether the callbacks of {service} arrive could not be proved: the job did not get far enough.',
  },
} as const satisfies Record<string, Entry>;

export type ProbeFinding = Finding<keyof typeof probeTable> | ConnectionFinding;

const finding = findingsIn(probeTable);
const displayName = 'dosvc diagnose';
// In milliseconds: between two looks at the job, for the whole transfer, and for a callback after it.
const interval = 100;
const patience = 15_000;
const callbackPatience = 3000;

/** Makes a job, runs it and cancels it. Leaves neither a job nor a file, also where it rejects. */
export async function probe(
  service: ServiceName,
  manager: BackgroundCopyManager,
  signal: AbortSignal,
): Promise<ProbeFinding[]> {
  const found: ProbeFinding[] = [];
  const server = await ProbeServer.start();
  const folder = await mkdtemp(join(tmpdir(), 'dosvc-probe-'));
  try {
    const job = await manager.createJob(displayName);
    try {
      found.push(await interfacesOf(service, job));
      found.push(...(await run(service, job, server, join(folder, 'probe.bin'), signal)));
    } finally {
      server.open();
      found.push(...(await cancel(service, job)));
    }
  } catch (error) {
    if (!(error instanceof DosvcError)) throw error;
    found.push(finding('probe-error', { service, ...causeOf(service, error) }));
  } finally {
    await server.stop();
    found.push(...(await remove(service, folder)));
  }
  return found;
}

async function run(
  service: ServiceName,
  job: BackgroundCopyJob,
  server: ProbeServer,
  file: string,
  signal: AbortSignal,
): Promise<ProbeFinding[]> {
  await job.addFile(server.url, file);
  // A service may refuse the priority: the probe then waits for its turn.
  await job.setPriority('foreground').catch(() => undefined);
  let began = false;
  let callback: string | undefined;
  const heard = new Promise<void>((resolve) => {
    // A look that this process asked for tells of a state, too, but only before the transfer begins.
    const hears = (name: string, proves: () => boolean) => () => {
      if (proves()) callback ??= name;
      if (callback !== undefined) resolve();
    };
    const callbacks = {
      jobTransferred: hears('JobTransferred', () => began),
      jobError: hears('JobError', () => began),
      jobModification: hears('JobModification', () => true),
    };
    job.setNotifyInterface(callbacks).catch(() => undefined);
  });
  await job.resume();
  // Behind the look that follows the start.
  await job.getState();
  began = true;
  server.open();
  const state = await ended(job, signal);
  if (state === 'transferred' || state === 'error') {
    await Promise.race([heard, sleep(callbackPatience, undefined, { signal })]);
  }
  return [
    state === 'transferred'
      ? finding('probe-transferred', { service })
      : await failure(service, job, state),
    callbackFinding(service, state, callback),
  ];
}

/** The state in which the job ended, or in which it still is after some time. */
async function ended(job: BackgroundCopyJob, signal: AbortSignal): Promise<string | number> {
  const late = performance.now() + patience;
  for (;;) {
    const state = await job.getState();
    if (state === 'transferred' || state === 'error' || performance.now() > late) return state;
    await sleep(interval, undefined, { signal });
  }
}

async function failure(
  service: ServiceName,
  job: BackgroundCopyJob,
  state: string | number,
): Promise<ProbeFinding> {
  const error: unknown = await job.getError().catch((error: unknown) => error);
  if (!(error instanceof DosvcError)) throw error;
  const { facts, errors } = causeOf(service, error);
  return finding('probe-failed', { service, facts: { state, ...facts }, errors });
}

function callbackFinding(
  service: ServiceName,
  state: string | number,
  callback: string | undefined,
): ProbeFinding {
  if (callback !== undefined) return finding('callbacks-arrive', { service, facts: { callback } });
  const changed = state === 'transferred' || state === 'error';
  return finding(changed ? 'callbacks-missing' : 'callbacks-unproved', { service });
}

async function remove(service: ServiceName, folder: string): Promise<ProbeFinding[]> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
    return [];
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    return [finding('probe-file-left', { service, facts: { code } })];
  }
}

async function cancel(service: ServiceName, job: BackgroundCopyJob): Promise<ProbeFinding[]> {
  try {
    await job.cancel();
    return [];
  } catch (error) {
    if (!(error instanceof DosvcError)) throw error;
    const { facts } = causeOf(service, error);
    return [finding('probe-left', { service, facts: { id: job.id, ...facts } })];
  } finally {
    await job[Symbol.asyncDispose]();
  }
}

function causeOf(service: ServiceName, error: DosvcError) {
  const { hresult } = error;
  return {
    facts: factsOf(error),
    errors: hresult === undefined ? {} : { [service]: hresult },
  };
}
