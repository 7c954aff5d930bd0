// SPDX-License-Identifier: MIT
// Ctrl+C in the console of dosvc while a service works for it, or hangs: what becomes of the transfer
// and its file, and the exit status.

import { expect } from 'vitest';
import { interrupt } from '../processes/interrupt.js';
import { it } from '../service/fixtures.js';
import { service } from '../service/service.js';
import { startDosvc } from './program.js';

const interrupted = { status: 130, stderr: '' };
const inConsole = { ownConsole: true } as const;

it('ends dosvc watch, and changes nothing', async ({ job }) => {
  const child = startDosvc(['watch', job.id, '--service', service.name], inConsole);
  await child.said(job.id);
  await interrupt(child.process.pid);
  expect(await child.ended).toMatchObject(interrupted);
  expect(await job.getState()).toBe('suspended');
});
