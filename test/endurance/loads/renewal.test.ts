// SPDX-License-Identifier: MIT
// Wine's BITS and RpcSs, started anew again and again as each test of BITS does: the first activation
// leads to the service that runs, and what is asked of it is answered, although this process still
// has proxies of those that are dead.

import { BackgroundCopyManager } from 'dosvc';
import { describe, expect, it } from 'vitest';
import { renewWinesService } from '../../service/wines-service.js';

describe('a BITS that was just started', () => {
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
