// SPDX-License-Identifier: MIT
// What the service tells of itself in its log.

import { appendFileSync, statSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { Control } from './control.js';
import { killService } from './death.js';
import { connect, it } from './fixtures.js';
import { allLines, lastLines, path } from './service-log.js';

const limit = 2 ** 20;
const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (guardian|worker) (\d+): (.+)$/;

/** `guardian`, or a worker's number, and what it says. */
function told(line: string) {
  const [, writer = '', pid = '', text = ''] = shape.exec(line) ?? [];
  return { by: writer === 'guardian' ? writer : Number(pid), pid, text };
}

/** What is told from now on: by whom, and what. */
function listen() {
  const known = allLines().length;
  return (by: number | 'guardian') =>
    allLines()
      .slice(known)
      .map(told)
      .filter((line) => line.by === by)
      .map(({ text }) => text);
}

/** Starts the service where it is dead, and gives its process. */
async function revive(): Promise<number> {
  const control = await Control.connect();
  const pid = await control.count('process');
  control.close();
  return pid;
}

describe('the log', () => {
  it('tells of a death, and of the process that comes after it', async ({ control }) => {
    const victim = await control.count('process');
    const heard = listen();
    await control.kill();
    const successor = await revive();
    expect(heard('guardian')).toEqual([
      `worker ${String(victim)} is dead, exit code 0x00000001`,
      `worker ${String(successor)} started`,
    ]);
    expect(heard(successor)).toEqual(['RPC taken up', 'hands out its classes']);
  });

  it('tells that RPC is taken up before any client can come', async ({ control }) => {
    await control.kill();
    for (let kills = 0; kills < 2; kills++) await killService();
    await revive();
    const lines = allLines().map(told);
    const opened = lines.filter(({ text }) => /^(service runs|hands out its classes)$/.test(text));
    expect(opened.filter(({ by }) => by !== 'guardian').length).toBeGreaterThanOrEqual(3);
    for (const open of opened) {
      const before = lines.slice(0, lines.indexOf(open)).filter(({ pid }) => pid === open.pid);
      expect(before.at(-1)?.text).toBe('RPC taken up');
    }
  });

  it('tells which activation failed, and why', async ({ control }) => {
    const heard = listen();
    await control.setSwitch('restart-pause', 500);
    await control.kill();
    await expect(connect()).rejects.toMatchObject({ code: 'RPC_S_SERVER_UNAVAILABLE' });
    await revive();
    expect(heard('guardian')).toContain('activation of the manager failed: 0x800706BA');
  });

  it('tells what a test makes of the service', async ({ control, job }) => {
    const pid = await control.count('process');
    const heard = listen();
    await control.setFault('IBackgroundCopyJob::GetState', { fail: 0x80004005 }, 2);
    await control.clearFault('IBackgroundCopyJob::GetState');
    await control.setSwitch('late-callbacks', 20);
    await control.setForeign(job.id, true);
    await control.letGo();
    await control.reset();
    await control.setFault('IBackgroundCopyJob::SetPriority', 'die-after');
    await expect(job.setPriority('low')).rejects.toThrow();
    expect(heard(pid)).toEqual([
      'fault of IBackgroundCopyJob::GetState: fail 0x80004005, 2 times',
      'fault of IBackgroundCopyJob::GetState: none 0x00000000, 0 times',
      'switch late-callbacks: 0x00000014',
      `{${job.id.toUpperCase()}} is foreign`,
      'what hangs is let go',
      'no faults and no switches',
      'fault of IBackgroundCopyJob::SetPriority: die-after 0x00000000, 0 times',
      'dies after IBackgroundCopyJob::SetPriority, as it was told to',
    ]);
  });

  it('has whole lines only, and gives the last of them', async ({ control }) => {
    await control.kill();
    await revive();
    const lines = allLines();
    expect(lines.filter((line) => !shape.test(line))).toEqual([]);
    expect(lastLines(2)).toEqual(lines.slice(-2));
  });

  it('begins anew where it has grown', async ({ control }) => {
    appendFileSync(path, `${'x'.repeat(limit)}\n`);
    await control.kill();
    const pid = await revive();
    expect(statSync(path).size).toBeLessThan(limit);
    expect(allLines().map(told)).toContainEqual({
      by: 'guardian',
      pid: expect.any(String) as string,
      text: `worker ${String(pid)} started`,
    });
  });
});
