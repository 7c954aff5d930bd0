// SPDX-License-Identifier: MIT
// diagnose() with a start: it connects to both services, and probes each with a job.

import { readdirSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { diagnose, type DiagnosticReport } from 'dosvc';
import { describe, expect } from 'vitest';
import { binding } from '../binding/raw-binding.js';
import { it } from '../service/fixtures.js';
import { onWinesBits } from '../service/service.js';

const services = ['delivery-optimization', 'bits'] as const;

function codesOf({ findings }: DiagnosticReport, service: string | null): string[] {
  return findings.filter((finding) => finding.service === service).map(({ code }) => code);
}

const probeFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('dosvc-probe-'));

describe('diagnose() with { start: true }', () => {
  it('connects, transfers a file with each service, and hears its callbacks', async ({
    manager,
  }) => {
    const report = await diagnose({ start: true });
    expect(report.started).toBe(true);
    for (const service of services) {
      expect(codesOf(report, service), service).toEqual(
        expect.arrayContaining([
          'service-answers',
          'interfaces',
          'probe-transferred',
          'callbacks-arrive',
        ]),
      );
    }
    expect(codesOf(report, 'delivery-optimization')).toContain('download-api-present');

    // Nothing is left: no job, no file, no object.
    const jobs = await manager.enumJobs();
    const snapshots = await Promise.all(jobs.map((job) => job.snapshot()));
    const left = snapshots.filter(
      ({ displayName, state }) => displayName === 'dosvc diagnose' && state !== 'cancelled',
    );
    expect(left).toEqual([]);
    expect(probeFolders()).toEqual([]);
    expect(binding.counters().requests).toBe(0);
  });

  it('names the interfaces that a service has, and those that it lacks', async () => {
    const { findings } = await diagnose({ start: true });
    const [ofDeliveryOptimization, ofBits] = services.map(
      (service) =>
        findings.find((finding) => finding.code === 'interfaces' && finding.service === service)
          ?.facts,
    );
    expect(ofBits?.interfaces).toContain('IBackgroundCopyJob, IBackgroundCopyJob2');
    if (onWinesBits) {
      expect(ofBits?.missing).toBe(
        'IBackgroundCopyJob5, IBackgroundCopyJobHttpOptions2, IBitsTokenOptions',
      );
    }
    expect(ofDeliveryOptimization?.interfaces).toBe(
      'IBackgroundCopyJob, IBackgroundCopyJob5, IDeliveryOptimizationJob2',
    );
  });

  it('knows no user, no folder and no password', async () => {
    const report = await diagnose({ start: true });
    const said = `${JSON.stringify(report)} ${String(report)}`.toLowerCase();
    for (const secret of [userInfo().username, homedir(), tmpdir(), 'dosvc-probe']) {
      expect(said).not.toContain(secret.toLowerCase());
      expect(said).not.toContain(JSON.stringify(secret).slice(1, -1).toLowerCase());
    }
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual({ ...report });
    expect(structuredClone(report)).toStrictEqual({ ...report });
  });
});
