// SPDX-License-Identifier: MIT
// diagnose() on this machine, without starting anything.

import { homedir, tmpdir, userInfo } from 'node:os';
import { diagnose, type DiagnoseOptions, type DiagnosticReport } from 'dosvc';
import { beforeAll, describe, expect, it } from 'vitest';
import { closedAddress } from '../http/closed-address.js';
import { stateOf, stopService } from '../system/services.js';
import { underWine } from '../system/under-wine.js';

const stopped = 1;
const codesOf = ({ findings }: DiagnosticReport) => findings.map(({ code }) => code);

/** The names of both services. */
function namesIn({ findings }: DiagnosticReport): string[] {
  return findings
    .filter(({ code }) => code === 'class-registered')
    .map(({ facts }) => String(facts.name));
}

describe('diagnose()', () => {
  // On Windows, the services belong to the system.
  beforeAll(async () => {
    if (!underWine) return;
    for (const name of namesIn(await diagnose())) {
      if (stateOf(name) !== stopped) await stopService(name);
    }
  });

  it('starts no service', async () => {
    const names = namesIn(await diagnose());
    expect(names).toHaveLength(2);
    const before = names.map(stateOf);
    if (underWine) expect(before).toEqual([stopped, stopped]);
    const report = await diagnose();
    expect(report.started).toBe(false);
    expect(names.map(stateOf)).toEqual(before);
    const found = report.findings.filter(({ code }) => code === 'service-stopped');
    expect(found).toHaveLength(before.filter((state) => state === stopped).length);
  });

  it('has a finding for each thing that it looks at', async () => {
    const report = await diagnose();
    const beginnings = ['windows', 'binary-loaded', 'bits-version', 'logon', 'network', 'power'];
    for (const beginning of [...beginnings, 'proxy']) {
      const found = codesOf(report).filter((code) => code.startsWith(beginning));
      expect(found, beginning).toHaveLength(1);
    }
    for (const service of ['delivery-optimization', 'bits'] as const) {
      const about = report.findings.filter((finding) => finding.service === service);
      const codes = about.map(({ code }) => code);
      expect(codes).toContain('class-registered');
      expect(codes.some((code) => code.startsWith('service-'))).toBe(true);
      expect(codes.some((code) => code.startsWith('policies-'))).toBe(true);
    }
    expect(JSON.stringify(report)).not.toMatch(/undefined|\{\w+\}/);
  });

  it('finds the build of Windows, and the logon of this user', async () => {
    const { findings } = await diagnose();
    const factsOf = (code: string) => findings.find((finding) => finding.code === code)?.facts;
    expect(String(factsOf('windows')?.build)).toMatch(/^\d{5}(\.\d+)?$/);
    expect(factsOf('binary-loaded')).toMatchObject({ architecture: process.arch });
    if (underWine)
      expect(factsOf('logon-interactive')).toEqual({ session: expect.any(Number) as number });
  });

  it('asks the server, too', async () => {
    const report = await diagnose({
      url: new URL(`http://${await closedAddress()}/a?secret#secret`),
    });
    expect(codesOf(report)).toEqual(
      expect.arrayContaining(['windows', 'address-with-fragment', 'server-unreachable']),
    );
    expect(report.url).toMatch(/\/a$/);
    expect(report.severity).toBe('error');
    expect(JSON.stringify(report) + String(report)).not.toContain('secret');
  });

  it('returns a plain object that knows no user', async () => {
    const report = await diagnose();
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual({ ...report });
    expect(structuredClone(report)).toStrictEqual({ ...report });
    const said = `${JSON.stringify(report)} ${String(report)}`.toLowerCase();
    for (const secret of [userInfo().username, homedir(), tmpdir()]) {
      expect(said).not.toContain(secret.toLowerCase());
      expect(said).not.toContain(JSON.stringify(secret).slice(1, -1).toLowerCase());
    }
  });
});

describe('diagnose() refuses', () => {
  it.each([
    [{ uri: 'https://example.com' }, 'ERR_INVALID_ARG_VALUE', "'uri'"],
    [{ url: 7 }, 'ERR_INVALID_ARG_TYPE', "'options.url'"],
    [{ start: 'yes' }, 'ERR_INVALID_ARG_TYPE', "'options.start'"],
    [{ timeout: 0 }, 'ERR_OUT_OF_RANGE', "'options.timeout'"],
    [{ signal: {} }, 'ERR_INVALID_ARG_TYPE', "'options.signal'"],
  ])('%j', async (options, code, name) => {
    const refused = diagnose(options as unknown as DiagnoseOptions);
    await expect(refused).rejects.toMatchObject({
      code,
      message: expect.stringContaining(name) as string,
    });
  });

  it('an aborted signal', async () => {
    const reason = new Error('enough');
    await expect(diagnose({ signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      name: 'AbortError',
      code: 'ABORT_ERR',
      cause: reason,
    });
  });
});
