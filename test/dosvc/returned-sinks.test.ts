// SPDX-License-Identifier: MIT
// A sink that a service may be returning stays connected until every such call is over: Wine's COM ends
// the process if an object is disconnected while it is being unmarshalled.

import { describe, expect, vi } from 'vitest';
import { call, connect, pointerIn, release, room, type Pointer } from '../com/vtable.js';
import { guidBytes } from '../recorder/plan.js';
import { it } from '../stand-in/client/fixtures.js';
import { clsid } from '../stand-in/client/installation.js';

const modification = 8;

async function rawJob(id: string): Promise<Pointer> {
  const [manager, job] = [await connect(clsid), room()];
  await call(manager, 'IBackgroundCopyManager::GetJob', guidBytes(id), job);
  release(manager);
  return pointerIn(job);
}

describe('a withdrawn sink', () => {
  it('is disconnected when no service may be returning it any more', async ({
    control,
    job,
    manager,
  }) => {
    const [mine, other] = [
      await rawJob(job.id),
      await rawJob((await manager.createJob('other')).id),
    ];
    job.on('transferred', vi.fn());
    await job.getState();
    // Another job has the sink as well, so that a service still calls it when it is withdrawn.
    const sink = room();
    await call(mine, 'IBackgroundCopyJob::GetNotifyInterface', sink);
    await call(other, 'IBackgroundCopyJob::SetNotifyInterface', pointerIn(sink));
    await call(other, 'IBackgroundCopyJob::SetNotifyFlags', modification);
    release(pointerIn(sink));

    await control.setFault('IBackgroundCopyJob::GetNotifyInterface', 'hang', 1);
    const reading = (await manager.createJob('read')).getNotifyInterface();
    await expect.poll(() => control.count('hanging')).toBe(1);
    job.removeAllListeners();
    await job.getState();
    expect(await control.count('callbacks-held')).toBe(1);
    const told = await control.count('callbacks-told');
    await call(other, 'IBackgroundCopyJob::SetNoProgressTimeout', 60);
    await expect.poll(() => control.count('callbacks-told')).toBeGreaterThan(told);
    expect(await control.count('callbacks-held')).toBe(1);

    await control.letGo();
    expect(await reading).toBeNull();
    await call(other, 'IBackgroundCopyJob::SetNoProgressTimeout', 61);
    // The service forgets a callback object that is gone.
    await expect.poll(() => control.count('callbacks-held')).toBe(0);
    release(mine);
    release(other);
  });
});
