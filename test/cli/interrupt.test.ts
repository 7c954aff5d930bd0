// SPDX-License-Identifier: MIT
// Ctrl+C in the console of dosvc while a service works for it, or hangs: what becomes of the transfer
// and its file, and the exit status.

import { describe, expect } from 'vitest';
import { interrupt } from '../processes/interrupt.js';
import { it } from '../service/fixtures.js';
import { onBits, service } from '../service/service.js';
import { Control } from '../stand-in/client/control.js';
import { underWine } from '../system/under-wine.js';
import { startDosvc } from './program.js';

const interrupted = { status: 130, stderr: '' };
const inConsole = { ownConsole: true } as const;
// On Windows, the stand-in has a class of its own, which download() does not know.
const isSystems = onBits || underWine;
const routes = isSystems ? [onBits ? 'bits' : 'delivery-optimization'] : [];

it('ends dosvc watch, and changes nothing', async ({ job }) => {
  const child = startDosvc(['watch', job.id, '--service', service.name], inConsole);
  await child.said(job.id);
  await interrupt(child.process.pid);
  expect(await child.ended).toMatchObject(interrupted);
  expect(await job.getState()).toBe('suspended');
});

describe.each(routes.filter((route) => route === 'delivery-optimization'))('%s hangs', () => {
  it('and dosvc clean ends all the same', async () => {
    const control = await Control.connect();
    try {
      await control.setFault('IDOManager::EnumDownloads', 'hang');
      const child = startDosvc(['clean'], inConsole);
      await expect.poll(() => control.count('hanging')).toBe(1);
      await interrupt(child.process.pid);
      expect(await child.ended).toMatchObject({ ...interrupted, stdout: '' });
    } finally {
      await control.reset();
      control.close();
    }
  });
});
