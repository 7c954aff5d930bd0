// SPDX-License-Identifier: MIT
// dosvc diagnose --start and dosvc explain, the whole program on Windows.

import { explain } from 'dosvc';
import { expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { objectsIn } from '../terminal/objects.js';
import { dosvc } from './program.js';

const ok = { status: 0, stderr: '' };
const probed = ['service-answers', 'interfaces', 'probe-transferred', 'callbacks-arrive'];

it('dosvc diagnose --start connects to both services, and reports it', async ({ manager }) => {
  const { status, stdout, stderr } = await dosvc(['diagnose', '--start', '--json']);
  expect({ status, stderr }).toEqual(ok);
  const [report, ...more] = objectsIn('diagnose', stdout);
  expect(more).toEqual([]);
  expect(report).toMatchObject({ kind: 'report', started: true, url: null });
  const findings = report?.findings as { code: string; service: string | null }[];
  for (const service of ['bits', 'delivery-optimization']) {
    const codes = findings.filter((one) => one.service === service).map(({ code }) => code);
    expect(codes, service).toEqual(expect.arrayContaining(probed));
  }
  // The probe is gone.
  const jobs = await Promise.all((await manager.enumJobs()).map((job) => job.snapshot()));
  const left = jobs.filter(({ displayName }) => displayName === 'dosvc diagnose');
  expect(left.filter(({ state }) => state !== 'cancelled')).toEqual([]);
});

it('dosvc diagnose prints the page, which says whether something was started', async () => {
  const started = await dosvc(['diagnose', '--start']);
  expect(started).toMatchObject(ok);
  expect(started.stdout).toMatch(/^\[ok\] probe-transferred \(BITS\)\r?$/m);
  expect(started.stdout).not.toContain('Nothing was started');
  const { status, stdout } = await dosvc(['diagnose']);
  expect(status).toBe(0);
  expect(stdout).toContain('Nothing was started');
  expect(stdout).not.toContain('probe-transferred');
});

it('dosvc explain explains codes, also one that only Windows knows', async () => {
  // ERROR_SESSION_CREDENTIAL_CONFLICT has no entry in the tables.
  const codes = ['0x80D02002', '-2145386480', '0x800704C3'];
  const { status, stdout, stderr } = await dosvc(['explain', ...codes, '--json']);
  expect({ status, stderr }).toEqual(ok);
  const explained = codes.map((code) => ({ kind: 'explanation', ...explain(code) }));
  expect(objectsIn('explain', stdout)).toEqual(explained);
  const page = await dosvc(['explain', ...codes]);
  expect(page).toMatchObject(ok);
  expect(page.stdout).toContain('BG_E_NETWORK_DISCONNECTED');
});
