// SPDX-License-Identifier: MIT
// Kills the service for a test. The process is gone when the function returns.

import { setTimeout as sleep } from 'node:timers/promises';
import { Control } from './control.js';

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** @param pause the milliseconds in which the service cannot be activated afterwards */
export async function killService(pause = 0): Promise<void> {
  const control = await Control.connect();
  if (pause > 0) await control.setSwitch('restart-pause', pause);
  const victim = await control.count('process');
  await control.kill();
  control.close();
  while (lives(victim)) await sleep(5);
}
