// SPDX-License-Identifier: MIT
// The events that the service writes to its log.

import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { Control } from '../stand-in/client/control.js';
import { killService } from '../stand-in/client/death.js';
import { connect, it } from '../stand-in/client/fixtures.js';
import { allLines, lastLines, path } from '../stand-in/client/service-log.js';
import { createFor } from './raw/download.js';

const limit = 2 ** 20;
const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (guardian|worker) (\d+): (.+)$/;

/** Splits a line into its writer, `guardian` or a worker's process id, and its text. */
function told(line: string) {
  const [, writer = '', pid = '', text = ''] = shape.exec(line) ?? [];
  return { by: writer === 'guardian' ? writer : Number(pid), pid, text };
}

/** Returns a function that gives the texts that a writer has logged from now on. */
function listen() {
  const known = allLines().length;
  return (by: number | 'guardian') =>
    allLines()
      .slice(known)
      .map(told)
      .filter((line) => line.by === by)
      .map(({ text }) => text);
}

/** Starts the service if it is dead, and returns its process id. */
async function revive(): Promise<number> {
  const control = await Control.connect();
  const pid = await control.count('process');
  control.close();
  return pid;
}

describe('the log', () => {
  it('records a death, and the process that follows', async ({ control }) => {
    const victim = await control.count('process');
    const heard = listen();
    await control.kill();
    const successor = await revive();
    expect(heard('guardian')).toEqual([
      `worker ${String(victim)} is dead, exit code 0x00000001`,
      `worker ${String(successor)} started`,
    ]);
    const texts = heard(successor).filter((text) => !text.startsWith('download '));
    expect(texts).toEqual(['RPC taken up', 'hands out its classes']);
  });

  it('shows that RPC is initialized before any client can connect', async ({ control }) => {
    await control.kill();
    for (let kills = 0; kills < 2; kills++) await killService();
    await revive();
    // A download that was taken up may have its turn before.
    const lines = allLines()
      .map(told)
      .filter(({ text }) => !text.startsWith('download '));
    const opened = lines.filter(({ text }) => /^(service runs|hands out its classes)$/.test(text));
    expect(opened.filter(({ by }) => by !== 'guardian').length).toBeGreaterThanOrEqual(3);
    for (const open of opened) {
      const before = lines.slice(0, lines.indexOf(open)).filter(({ pid }) => pid === open.pid);
      expect(before.at(-1)?.text).toBe('RPC taken up');
    }
  });

  it('records which activation failed, and why', async ({ control }) => {
    const heard = listen();
    await control.setSwitch('restart-pause', 500);
    await control.kill();
    await expect(connect()).rejects.toMatchObject({ code: 'RPC_S_SERVER_UNAVAILABLE' });
    await revive();
    expect(heard('guardian')).toContain('activation of the manager failed: 0x800706BA');
  });

  it('records the faults and switches that a test sets', async ({ control, job }) => {
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

  it('records how far each turn of a download came', async ({ control, folder, server }) => {
    const pid = await control.count('process');
    const heard = listen();
    const download = await createFor(server.file('whole').url, join(folder, 'x'));
    await download.start();
    await download.reach('transferred');
    const id = (await download.id()).toUpperCase();
    await expect
      .poll(() => heard(pid))
      .toEqual([
        `download ${id} goes on at byte 0`,
        `download ${id} is complete at byte 100000: 0x00000000`,
      ]);
    download.release();
  });

  it('has only complete lines, and lastLines() returns the last of them', async ({ control }) => {
    await control.kill();
    await revive();
    const lines = allLines();
    expect(lines.filter((line) => !shape.test(line))).toEqual([]);
    expect(lastLines(2)).toEqual(lines.slice(-2));
  });

  it('starts over when it has grown too large', async ({ control }) => {
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
