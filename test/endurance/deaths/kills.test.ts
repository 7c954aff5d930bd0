// SPDX-License-Identifier: MIT
// A service that is killed repeatedly while calls of several clients are in flight: all clients
// make their first calls to each new process at once. DOSVC_TEST_KILLS sets the number of kills.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { comingBack } from '../../stand-in/client/control.js';
import { it } from '../../stand-in/client/fixtures.js';
import { Client } from '../client.js';

const kills = Number(process.env.DOSVC_TEST_KILLS ?? 200);
// About 60 s for 200 kills, and three times that on a busy machine.
const options = { timeout: 120_000 + kills * 2_000 };

describe(`a service that is killed ${String(kills)} times`, () => {
  it('fails its clients only with errors of a restart', options, async ({ control, folder }) => {
    const clients = [1, 2, 3, 4].map((n) => new Client(join(folder, `client-${String(n)}`)));
    await control.setSwitch('gather', clients.length);
    try {
      for (let killed = 0, victim = 0; ; killed++) {
        const answers = clients.map((client) => client.answerOfOther(victim));
        const servers = new Set(await Promise.all(answers));
        expect(servers.size).toBe(1);
        if (killed === kills) break;
        [victim = 0] = servers;
        process.kill(victim, 'SIGKILL');
      }
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
    const failures = clients.flatMap((client) => client.failures);
    // At least one call of each client was in flight at each kill.
    expect(failures.length).toBeGreaterThanOrEqual(clients.length * kills);
    const code = (failure: string) => Number(/0x[\da-f]+$/.exec(failure)?.[0]);
    expect(failures.filter((failure) => !comingBack.has(code(failure)))).toEqual([]);
  });
});
