// SPDX-License-Identifier: MIT
// diagnose() on a machine with faults. On Windows, the services and the policies belong to the system:
// only Wine's are changed.

import { once } from 'node:events';
import { closeSync, constants, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackgroundCopyManager, diagnose, type DiagnosticReport } from 'dosvc';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { Control } from '../stand-in/client/control.js';
import { deleteKey, deleteValue, setValue } from '../system/registry.js';
import { setStartType, startTypeOf } from '../system/services.js';

const service = 'delivery-optimization';
// Of libuv: the file is shared with nobody.
const UV_FS_O_EXLOCK = 0x10000000;

function codesOf({ findings }: DiagnosticReport, of: string = service): string[] {
  return findings.filter((finding) => finding.service === of).map(({ code }) => code);
}

const probeFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('dosvc-probe-'));

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The name of the stand-in's service. */
async function standInName(): Promise<string> {
  const { findings } = await diagnose();
  const found = findings.find(
    (finding) => finding.code === 'class-registered' && finding.service === service,
  );
  return String(found?.facts.name);
}

describe('diagnose() finds', () => {
  it('a service that is disabled', async () => {
    const name = await standInName();
    const before = startTypeOf(name);
    setStartType(name, 4);
    try {
      const { findings, severity } = await diagnose();
      const found = findings.find(({ code }) => code === 'service-disabled');
      expect(found).toMatchObject({
        service,
        severity: 'error',
        errors: [{ service, code: 'ERROR_SERVICE_DISABLED', hresult: 0x80070422 }],
        facts: { name, startType: 'disabled' },
      });
      expect(severity).toBe('error');
    } finally {
      setStartType(name, before);
    }
  });

  it('a class that is not registered', async () => {
    const key = 'HKLM\\SOFTWARE\\Classes\\CLSID\\{5B99FA76-721C-423C-ADAC-56D03C8A8007}';
    const { findings } = await diagnose();
    const application = '{379001DE-7108-4A45-8A74-6CD0A9FBEF2C}';
    expect(findings.some(({ code }) => code === 'class-missing')).toBe(false);
    // Its application is then one that there is not.
    const before = await applicationOf(key);
    setValue(key, 'AppID', application.replace('3', '4'));
    try {
      expect(codesOf(await diagnose())).toContain('class-missing');
    } finally {
      setValue(key, 'AppID', before);
    }
  });

  it('policies, of both services and from both places', async () => {
    const policies = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows';
    const management = 'HKLM\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device';
    setValue(`${policies}\\DeliveryOptimization`, 'DODownloadMode', 100);
    setValue(`${policies}\\BITS`, 'EnableBITSMaxBandwidth', 1);
    setValue(`${policies}\\BITS`, 'MaxTransferRateOnSchedule', 0);
    setValue(`${management}\\DeliveryOptimization`, 'DOCacheHost', 'cache.example');
    try {
      const report = await diagnose();
      expect(codesOf(report)).toEqual(
        expect.arrayContaining(['download-mode-bypass', 'policies-set']),
      );
      expect(codesOf(report, 'bits')).toEqual(
        expect.arrayContaining(['background-blocked', 'policies-set']),
      );
      const set = report.findings.filter(({ code }) => code === 'policies-set');
      expect(set.map(({ facts }) => facts)).toEqual([
        { DODownloadMode: 100, 'DOCacheHost (MDM)': 'set' },
        { EnableBITSMaxBandwidth: 1, MaxTransferRateOnSchedule: 0 },
      ]);
      expect(String(report)).toContain('DODownloadMode = 100');
    } finally {
      for (const key of [`${policies}\\DeliveryOptimization`, `${policies}\\BITS`, management])
        deleteKey(key);
    }
  });

  it('proxies, without their credentials', async () => {
    const settings =
      'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';
    setValue(settings, 'DefaultConnectionSettings', connectionSettings());
    try {
      const report = await diagnose();
      const found = report.findings.find(({ code }) => code === 'proxy-set');
      expect(found?.facts).toEqual({
        machine: 'none',
        user: 'proxy.example:8080',
        script: 'pac.example',
      });
      expect(JSON.stringify(report) + String(report)).not.toContain('secret');
    } finally {
      deleteValue(settings, 'DefaultConnectionSettings');
    }
  });
});

/** The user's settings as Windows keeps them: a head with flags, and then texts with their lengths. */
function connectionSettings(): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const text = (value: string) => Buffer.concat([number(value.length), Buffer.from(value)]);
  const direct = 1;
  const proxy = 2;
  const script = 4;
  return Buffer.concat([
    ...[0x46, 1, direct | proxy | script].map(number),
    text('http://me:secret@proxy.example:8080'),
    text('<local>'),
    text('http://me:secret@pac.example/secret.pac'),
    Buffer.alloc(32),
  ]);
}

async function applicationOf(key: string): Promise<string> {
  const { binding } = await import('../binding/raw-binding.js');
  const [outcome] = await binding.readSystem([['registry', key, 'AppID']], null);
  return String(outcome.value);
}

describe('diagnose({ start: true }) finds', () => {
  let control: Control;
  beforeEach(async () => {
    control = await Control.connect();
    await control.reset();
  });
  afterEach(async () => {
    await control.letGo();
    await control.reset();
    expect(await control.count('jobs')).toBe(0);
    expect(await control.count('downloads')).toBe(0);
    control.close();
    expect(probeFolders()).toEqual([]);
  });

  it('that no callback arrives', async () => {
    await control.setSwitch('drop-callbacks', 1);
    const codes = codesOf(await diagnose({ start: true }));
    expect(codes).toContain('probe-transferred');
    expect(codes).toContain('callbacks-missing');
  });

  it('that the service refuses to transfer', async () => {
    await control.setSwitch('refused', 0x80d03002);
    const { findings } = await diagnose({ start: true });
    const found = findings.find(({ code }) => code === 'probe-failed' || code === 'probe-error');
    expect(found).toMatchObject({
      service,
      errors: [{ service, code: 'DO_E_NO_DOWNLOAD_EXTSETTINGS', hresult: 0x80d03002 }],
    });
    expect(found?.meaning).toContain('User or administrator settings forbid the download.');
  });

  it('that the service has no download API', async () => {
    await control.setSwitch('no-download-manager', 1);
    const codes = codesOf(await diagnose({ start: true }));
    expect(codes).toContain('download-api-missing');
    expect(codes).toContain('probe-transferred');
  });

  it('that the service refuses a job', async () => {
    await control.setFault('IBackgroundCopyManager::CreateJob', { fail: 0x80070005 });
    const { findings } = await diagnose({ start: true });
    expect(findings.find(({ code }) => code === 'probe-error')).toMatchObject({
      service,
      severity: 'error',
      errors: [{ service, code: 'E_ACCESSDENIED', hresult: 0x80070005 }],
    });
  });

  it('that the file of the probe cannot be deleted, but not where it is', async () => {
    await control.setFault('IBackgroundCopyJob::Resume', 'hang', 1);
    const diagnosed = diagnose({ start: true });
    // The probe of BITS ends by itself.
    await until(async () => (await control.count('hanging')) > 0 && probeFolders().length === 1);
    const folder = join(tmpdir(), String(probeFolders()[0]));
    const unshared = constants.O_CREAT | constants.O_RDWR | UV_FS_O_EXLOCK;
    const held = openSync(join(folder, 'held'), unshared);
    await control.letGo();
    const report = await diagnosed;
    closeSync(held);
    rmSync(folder, { recursive: true });
    expect(codesOf(report)).toContain('probe-file-left');
    expect(JSON.stringify(report)).not.toContain('dosvc-probe');
  });

  it('that the probe job cannot be cancelled, and names it', async () => {
    await control.setFault('IBackgroundCopyJob::Cancel', { fail: 0x80070005 }, 1);
    const { findings } = await diagnose({ start: true });
    const found = findings.find(({ code }) => code === 'probe-left');
    expect(found).toMatchObject({ service, facts: { code: 'E_ACCESSDENIED' } });
    await using manager = await BackgroundCopyManager.connect();
    const job = await manager.getJob(String(found?.facts.id));
    expect(await job.getDisplayName()).toBe('dosvc diagnose');
    await job.cancel();
  });

  it('that a call hangs, and the rest all the same', async () => {
    await control.setFault('IBackgroundCopyJob::Resume', 'hang', 1);
    const report = await diagnose({ start: true, timeout: 1000 });
    const { findings } = report;
    expect(findings.find(({ code }) => code === 'probe-error')).toMatchObject({
      service,
      errors: [],
      facts: { code: 'ERR_DOSVC_CALL_TIMEOUT' },
    });
    expect(codesOf(report)).toContain('service-answers');
    expect(findings.some(({ code }) => code === 'windows')).toBe(true);
  });

  it('nothing more once its signal is aborted, and cancels its jobs', async () => {
    const controller = new AbortController();
    // Once the job is about to start.
    await control.setFault('IBackgroundCopyJob::Resume', 'hang', 1);
    const diagnosed = diagnose({ start: true, signal: controller.signal });
    const ended = diagnosed.catch((error: unknown) => error);
    await until(async () => (await control.count('hanging')) > 0);
    const aborted = once(controller.signal, 'abort');
    controller.abort(new Error('enough'));
    await aborted;
    await control.letGo();
    expect(await ended).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
  });
});
