// SPDX-License-Identifier: MIT
// Restarts Wine's BITS and RpcSs repeatedly, as each test of BITS does: the first activation
// reaches the service that runs, and its calls are answered, although this process still holds
// proxies of the dead ones.

import { BackgroundCopyManager } from 'dosvc';
import { describe, expect, it } from 'vitest';
import { renewWinesService } from '../../service/wines-service.js';

describe('a BITS that was just restarted', () => {
  it('answers the first activation, 100 times out of 100', { timeout: 300_000 }, async () => {
    const managers: BackgroundCopyManager[] = [];
    const states: unknown[] = [];
    for (let times = 0; times < 100; times++) {
      await renewWinesService();
      const manager = await BackgroundCopyManager.connect({ service: 'bits' });
      managers.push(manager);
      const job = await manager.createJob('dosvc test');
      states.push(await job.getState());
      await job.cancel();
    }
    for (const manager of managers) await manager.close();
    expect(states).toEqual(Array.from({ length: 100 }, () => 'suspended'));
  });
});
