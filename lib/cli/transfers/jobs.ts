// SPDX-License-Identifier: MIT
//
// The jobs of a service.

import {
  BackgroundCopyManager,
  DosvcError,
  type BackgroundCopyJob,
  type JobSnapshot,
  type Success,
} from '../../index.js';
import { printable, withoutSecrets } from '../printable.js';
import { bytesOf } from '../units.js';
import {
  isOurs,
  success,
  titleOf,
  type Reading,
  type Row,
  type Source,
  type Transfer,
} from './transfer.js';

const unknown = new Set(['BG_E_NOT_FOUND', 'DO_E_JOB_NOT_FOUND']);
const overs: Readonly<Record<string, Row['over']>> = {
  transferred: 'done',
  acknowledged: 'done',
  error: 'failed',
  cancelled: 'ended',
};

export class Jobs implements Source {
  readonly title: string;
  readonly what = 'jobs';
  readonly #service: string;
  readonly #allUsers: boolean;
  #manager: Promise<BackgroundCopyManager> | undefined;

  constructor(service: string, allUsers = false) {
    this.title = titleOf(service);
    this.#service = service;
    this.#allUsers = allUsers;
  }

  async list(): Promise<readonly Transfer[]> {
    const manager = await this.#connect();
    const jobs = await manager.enumJobs({ allUsers: this.#allUsers });
    return jobs.map((job) => new Job(job, this.#service));
  }

  async get(id: string): Promise<Transfer | undefined> {
    const manager = await this.#connect();
    try {
      return new Job(await manager.getJob(id), this.#service);
    } catch (error) {
      if (error instanceof DosvcError && unknown.has(error.code)) return undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const manager = this.#manager;
    this.#manager = undefined;
    await (await manager?.catch(() => undefined))?.close();
  }

  #connect(): Promise<BackgroundCopyManager> {
    this.#manager ??= BackgroundCopyManager.connect({ service: this.#service });
    return this.#manager;
  }
}

class Job implements Transfer {
  readonly id: string;
  readonly service: string;
  readonly #job: BackgroundCopyJob;

  constructor(job: BackgroundCopyJob, service: string) {
    this.id = job.id;
    this.service = service;
    this.#job = job;
  }

  async read(): Promise<Reading> {
    const snapshot = await this.#job.snapshot();
    const { id, displayName, description, state, progress, error } = snapshot;
    return {
      row: {
        id,
        name: displayName,
        state,
        bytesTransferred: progress?.bytesTransferred ?? 0,
        bytesTotal: progress?.bytesTotal ?? null,
        trouble: error,
        over: overs[state] ?? null,
      },
      object: { kind: 'job', service: this.service, ...withoutAddresses(snapshot) },
      details: detailsOf(snapshot, this.service),
      ours: isOurs(description),
    };
  }

  async suspend(): Promise<Success> {
    await this.#job.suspend();
    return success;
  }

  async resume(): Promise<Success> {
    await this.#job.resume();
    return success;
  }

  cancel(): Promise<Success> {
    return this.#job.cancel();
  }

  complete(): Promise<Success> {
    return this.#job.complete();
  }
}

function withoutAddresses(snapshot: JobSnapshot): JobSnapshot {
  const files = snapshot.files?.map((file) => {
    const { remoteName } = file;
    return { ...file, remoteName: remoteName === null ? null : withoutSecrets(remoteName) };
  });
  return { ...snapshot, files: files ?? null };
}

function detailsOf(snapshot: JobSnapshot, service: string): [string, string][] {
  const { type, priority, description, owner, times, files } = withoutAddresses(snapshot);
  const facts: [string, string | null][] = [
    ['Service', titleOf(service)],
    ['Type', text(type)],
    ['Priority', text(priority)],
    ['Description', description],
    ['Owner', owner],
    ['Created', date(times?.creationTime)],
    ['Modified', date(times?.modificationTime)],
    ['Transferred', date(times?.transferCompletionTime)],
  ];
  const fileFacts = (files ?? []).flatMap(({ remoteName, localName, progress }): typeof facts => [
    ['From', remoteName],
    ['To', localName],
    ['', progress === null ? null : bytesOf(progress.bytesTransferred, progress.bytesTotal)],
  ]);
  return [...facts, ...fileFacts].flatMap(([title, fact]): [string, string][] =>
    fact === null || fact === '' ? [] : [[title, printable(fact)]],
  );
}

function text(value: string | number | null): string | null {
  return value === null ? null : String(value);
}

function date(value: Date | null | undefined): string | null {
  return value == null ? null : value.toISOString();
}
