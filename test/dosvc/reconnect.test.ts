// SPDX-License-Identifier: MIT
// Calls on the objects of a service that died: a read is repeated, any other call rejects once, and
// the next one re-fetches the job.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { Control } from '../stand-in/client/control.js';
import { killService } from '../stand-in/client/death.js';
import { it, reach, slowly } from '../stand-in/client/fixtures.js';
import { bytesOf } from '../http/served.js';

/** Milliseconds in which the service cannot be activated, so that some attempts to reconnect fail. */
const pauses = [0, 500];

describe('a call that reads', () => {
  it.for(pauses)('is repeated after %i ms of downtime', async (pause, { folder, job, server }) => {
    const path = join(folder, 'file.bin');
    await job.addFile(server.serve('file', { content: bytesOf(10) }), path, { size: 10 });
    await job.setPriority('low');
    const { creationTime } = await job.getTimes();

    await killService(pause);
    expect(await job.getPriority()).toBe('low');
    await killService(pause);
    const several = [job.getState(), job.getType(), job.getDisplayName(), job.getId()];
    expect(await Promise.all(several)).toEqual(['suspended', 'download', 'stand-in test', job.id]);
    await killService(pause);
    expect(await job.snapshot()).toMatchObject({
      state: 'suspended',
      priority: 'low',
      times: { creationTime },
      progress: { bytesTotal: 10, filesTotal: 1 },
      files: [{ localName: path }],
    });
    await killService(pause);
    const [file] = await job.enumFiles();
    expect(await file?.getLocalName()).toBe(path);
  });

  it('is repeated until the service is back, after growing pauses', async ({ job }) => {
    await killService(1500);
    expect(await job.getState()).toBe('suspended');
  });

  it('is repeated if it killed the service', async ({ control, job }) => {
    await control.setFault('IBackgroundCopyJob::GetState', 'die-before');
    expect(await job.getState()).toBe('suspended');
    const again = await Control.connect();
    await again.setFault('IBackgroundCopyJob::GetProgress', 'die-after');
    again.close();
    expect(await job.getProgress()).toMatchObject({ filesTotal: 0 });
  });

  it('finds the job, whichever object it is made on', async ({ manager, job }) => {
    const other = await manager.getJob(job.id);
    await killService();
    expect(await other.getState()).toBe('suspended');
    expect(await job.getState()).toBe('suspended');
    await killService();
    expect(await (await manager.getJob(job.id)).getState()).toBe('suspended');
    expect(await other.getState()).toBe('suspended');
  });
});

/** Calls that change something, and whether they did. */
const writes: Record<
  string,
  { call: (job: BackgroundCopyJob) => Promise<unknown>; done: (job: BackgroundCopyJob) => unknown }
> = {
  SetPriority: {
    call: (job) => job.setPriority('low'),
    done: async (job) => (await job.getPriority()) === 'low',
  },
  SetNotifyFlags: {
    call: (job) => job.setNotifyFlags(9),
    done: async (job) => (await job.getNotifyFlags()) === 9,
  },
  SetNoProgressTimeout: {
    call: (job) => job.setNoProgressTimeout(77),
    done: async (job) => (await job.getNoProgressTimeout()) === 77,
  },
  Resume: {
    call: (job) => job.resume(),
    done: async (job) => (await job.getState()) !== 'suspended',
  },
};

describe('a call that changes something', () => {
  for (const [method, { call, done }] of Object.entries(writes)) {
    it.for(['die-before', 'die-after'] as const)(
      `rejects once if it kills the service: ${method}, %s`,
      async (fault, { control, folder, job, server }) => {
        await job.addFile(server.serve('file', slowly(100_000)), join(folder, 'file.bin'));
        const operation = `IBackgroundCopyJob::${method}`;
        await control.setFault(operation, fault);
        await expect(call(job)).rejects.toMatchObject({
          code: 'RPC_S_CALL_FAILED',
          operation,
          // The client cannot know.
          mayHaveRun: true,
          retryable: false,
        });
        expect(await done(job)).toBe(fault === 'die-after');
        await call(job);
        expect(await done(job)).toBe(true);
      },
    );
  }

  it('rejects once if the service was already dead, and is not executed', async ({ job }) => {
    for (const pause of pauses) {
      await killService(pause);
      await expect(job.setPriority('low')).rejects.toMatchObject({
        code: 'RPC_S_SERVER_UNAVAILABLE',
        operation: 'IBackgroundCopyJob::SetPriority',
        mayHaveRun: false,
        retryable: true,
      });
      expect(await job.getPriority()).toBe('normal');
    }
    await killService();
    await job.getState();
    await job.setPriority('low');
    expect(await job.getPriority()).toBe('low');
  });

  it.for([
    ['die-before', 0],
    ['die-after', 1],
  ] as const)('adds a file once: %s', async ([fault, files], { control, folder, job, server }) => {
    const add = () => job.addFile(server.serve('f', slowly(10)), join(folder, 'f'));
    await control.setFault('IDeliveryOptimizationJob::AddFileWithRanges', fault);
    await expect(add()).rejects.toMatchObject({ mayHaveRun: true });
    expect(await job.getProgress()).toMatchObject({ filesTotal: files });
    expect(await job.enumFiles()).toHaveLength(files);
    expect(readdirSync(folder)).toHaveLength(files);
  });

  it.for([
    ['die-before', 0],
    ['die-after', 1],
  ] as const)('creates a job once: %s', async ([fault, jobs], { control, manager }) => {
    await control.setFault('IBackgroundCopyManager::CreateJob', fault);
    await expect(manager.createJob('x')).rejects.toMatchObject({
      operation: 'IBackgroundCopyManager::CreateJob',
      mayHaveRun: true,
    });
    const again = await Control.connect();
    expect(await again.count('jobs')).toBe(jobs);
    await manager.createJob('x');
    expect(await again.count('jobs')).toBe(jobs + 1);
    again.close();
  });

  it.for(['die-before', 'die-after'] as const)(
    'completes a job once: %s',
    async (fault, { control, folder, job, server }) => {
      const content = bytesOf(1000);
      const path = join(folder, 'file.bin');
      await job.addFile(server.serve('file', { content }), path);
      await job.resume();
      await reach(job, 'transferred');
      await control.setFault('IBackgroundCopyJob::Complete', fault);
      await expect(job.complete()).rejects.toMatchObject({ mayHaveRun: true });
      if (fault === 'die-after') {
        await expect(job.complete()).rejects.toMatchObject({ code: 'DO_E_JOB_NOT_FOUND' });
      } else {
        expect(existsSync(path)).toBe(false);
        expect(await job.complete()).toMatchObject({ code: 'S_OK' });
      }
      expect(readdirSync(folder)).toEqual(['file.bin']);
      expect(readFileSync(path).equals(content)).toBe(true);
    },
  );
});

describe('a job that ended with the service', () => {
  it('is unknown afterwards, to every call', async ({ control, job, manager }) => {
    const other = await manager.getJob(job.id);
    await control.setFault('IBackgroundCopyJob::Cancel', 'die-after');
    await expect(other.cancel()).rejects.toMatchObject({ mayHaveRun: true });
    const unknown = {
      code: 'DO_E_JOB_NOT_FOUND',
      operation: 'IBackgroundCopyManager::GetJob',
      mayHaveRun: false,
    };
    for (const each of [job, other]) {
      for (let times = 0; times < 2; times++) {
        await expect(each.getState()).rejects.toMatchObject(unknown);
        await expect(each.snapshot()).rejects.toMatchObject(unknown);
        await expect(each.resume()).rejects.toMatchObject(unknown);
      }
    }
    expect(await (await manager.createJob('another')).getState()).toBe('suspended');
  });
});
