// SPDX-License-Identifier: MIT
// What is made of each reading of the machine, also of those that no machine here gives.

import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/diagnose/finding.js';
import { networkFinding } from '../../../lib/diagnose/network.js';
import { policyFindings, policyQueries } from '../../../lib/diagnose/policies.js';
import { powerFinding } from '../../../lib/diagnose/power.js';
import { proxiesFinding } from '../../../lib/diagnose/proxies.js';
import { serviceFindings, versionFindings } from '../../../lib/diagnose/services.js';
import { sessionFindings } from '../../../lib/diagnose/session.js';

const read = <T>(value: T) => ({ value, hresult: 0 });
const unread = (hresult: number) => ({ value: null, hresult });
const notFound = unread(0x80070002);
const denied = unread(0x80070005);

const codesOf = (findings: readonly Finding[]) => findings.map(({ code }) => code);
/** One line for each finding: its code, its severity, and the codes of its errors. */
const linesOf = (findings: readonly Finding[]) =>
  findings.map(({ code, severity, errors }) =>
    [code, severity, ...errors.map((error) => error.code)].join(' '),
  );

describe('a service', () => {
  const name = read('BITS');
  const service = (state: number, startType = 3) => ({ name, service: read({ state, startType }) });
  const missing = { name: notFound, service: null };

  it.each([
    [service(4), ['class-registered ok', 'service-running ok']],
    [service(1), ['class-registered ok', 'service-stopped ok']],
    [service(2), ['class-registered ok', 'service-changing info']],
    [service(7), ['class-registered ok', 'service-changing info']],
    [service(1, 4), ['class-registered ok', 'service-disabled error ERROR_SERVICE_DISABLED']],
    [service(4, 4), ['class-registered ok', 'service-disabled error ERROR_SERVICE_DISABLED']],
    [missing, ['class-missing error REGDB_E_CLASSNOTREG']],
    [{ name: denied, service: null }, ['class-unreadable warning']],
    [{ name, service: unread(0x80070424) }, ['class-registered ok', 'service-missing error']],
    [{ name, service: denied }, ['class-registered ok', 'service-unreadable warning']],
  ])('%j', (readings, lines) => {
    const findings = serviceFindings('bits', readings);
    expect(linesOf(findings)).toEqual(lines);
    expect(findings.every((finding) => finding.service === 'bits')).toBe(true);
    expect(JSON.stringify(findings)).not.toMatch(/undefined|\{\w+\}/);
  });

  it('is named by its own name, with its state', () => {
    const [, disabled] = serviceFindings('delivery-optimization', service(1, 4));
    expect(disabled?.meaning).toBe(
      'Delivery Optimization is disabled, so Windows does not start it. Its state is stopped. Delivery Optimization reports ERROR_SERVICE_DISABLED, 0x80070422.',
    );
    expect(disabled?.facts).toEqual({ name: 'BITS', state: 'stopped', startType: 'disabled' });
  });

  it('in a state that this version does not know has its number', () => {
    expect(serviceFindings('bits', service(9))[1]?.facts.state).toBe(9);
  });

  it('has the version of its newest class', () => {
    const all = { '10.3': notFound, '10.2': read(true as const), '5.0': read(true as const) };
    expect(versionFindings(all)).toMatchObject([
      { code: 'bits-version', facts: { version: '10.2' } },
    ]);
    expect(versionFindings({})).toEqual([]);
  });
});

describe('a logon', () => {
  const user = { session: 1, interactive: true, administrator: false, systemAccount: false };

  it.each([
    [read(user), ['logon-interactive ok']],
    [read({ ...user, administrator: true }), ['logon-interactive ok', 'elevated info']],
    [
      read({ ...user, session: 0, interactive: false }),
      ['logon-not-interactive error ERROR_NOT_LOGGED_ON'],
    ],
    [
      read({ session: 0, interactive: false, administrator: true, systemAccount: true }),
      ['logon-system-account info', 'elevated info'],
    ],
    [denied, ['logon-unreadable warning']],
  ])('%j', (session, lines) => {
    expect(linesOf(sessionFindings({ session }))).toEqual(lines);
  });
});

describe('the power supply', () => {
  it.each([
    [read({ line: 1, battery: 1, saver: 0 }), 'power-mains'],
    [read({ line: 0, battery: 1, saver: 0 }), 'power-battery'],
    [read({ line: 0, battery: 1, saver: 1 }), 'power-saver'],
    [read({ line: 255, battery: 255, saver: 0 }), 'power-unknown'],
    [denied, 'power-unknown'],
  ])('%j', (power, code) => {
    expect(powerFinding({ power }).code).toBe(code);
  });

  it('on battery has the codes of both services', () => {
    const { errors } = powerFinding({ power: read({ line: 0, battery: 1, saver: 0 }) });
    expect(errors.map(({ hresult }) => hresult)).toEqual([0x80d03804, 0x80200067]);
  });
});

describe('the network', () => {
  const free = { level: 3, cost: 1, overLimit: false, roaming: false };

  it.each([
    [read(free), 'network-unmetered'],
    [read({ ...free, cost: 2 }), 'network-metered'],
    [read({ ...free, cost: 3 }), 'network-metered'],
    [read({ ...free, roaming: true }), 'network-metered'],
    [read({ ...free, overLimit: true }), 'network-metered'],
    [read({ ...free, cost: 0 }), 'network-unknown'],
    [read({ ...free, level: 1 }), 'network-missing'],
    [unread(0x8007007f), 'network-unreadable'],
  ])('%j', (network, code) => {
    expect(networkFinding({ network }).code).toBe(code);
  });

  it('that is metered has the codes of both services', () => {
    const { errors, meaning } = networkFinding({ network: read({ ...free, cost: 2 }) });
    expect(errors.map(({ hresult }) => hresult)).toEqual([0x80d03801, 0x80200059]);
    expect(meaning).toContain('cost fixed, over its limit false, roaming false');
  });
});

describe('the proxies', () => {
  const none = { machine: null, user: null, script: null, autoDetect: false };

  it.each([
    [read(none), 'proxy-none', {}],
    [read({ ...none, autoDetect: true }), 'proxy-automatic', {}],
    [
      read({ ...none, machine: 'proxy.example:8080' }),
      'proxy-set',
      { machine: 'proxy.example:8080', user: 'none', script: 'none' },
    ],
    [
      read({ ...none, user: 'http=me:secret@one.example;https=http://me:secret@two.example:3128' }),
      'proxy-set',
      { machine: 'none', user: 'one.example, two.example:3128', script: 'none' },
    ],
    [
      read({ ...none, script: 'https://me:secret@pac.example/secret.pac?secret' }),
      'proxy-set',
      { machine: 'none', user: 'none', script: 'pac.example' },
    ],
    [
      read({ ...none, script: 'file:///C:/Users/secret/proxy.pac' }),
      'proxy-set',
      { machine: 'none', user: 'none', script: 'set' },
    ],
    [denied, 'proxy-unreadable', { code: '0x80070005' }],
  ])('%j', (proxies, code, facts) => {
    const finding = proxiesFinding({ proxies });
    expect(finding).toMatchObject({ code, facts });
    expect(JSON.stringify(finding)).not.toContain('secret');
  });
});

describe('the policies', () => {
  const nothing = (service: 'bits' | 'delivery-optimization') =>
    Object.fromEntries(Object.keys(policyQueries(service)).map((name) => [name, notFound]));

  /** The findings of a service with these policies. */
  const withPolicies = (
    service: 'bits' | 'delivery-optimization',
    set: Record<string, string | number>,
  ) => {
    const readings = Object.fromEntries(
      Object.entries(set).map(([name, value]) => [name, read(value)]),
    );
    expect(Object.keys(nothing(service))).toEqual(expect.arrayContaining(Object.keys(set)));
    return policyFindings(service, { ...nothing(service), ...readings });
  };

  it.each(['bits', 'delivery-optimization'] as const)('of %s may be none', (service) => {
    expect(codesOf(withPolicies(service, {}))).toEqual(['policies-none']);
  });

  it('that are set are listed, a text only as set', () => {
    const set = { DOMaxForegroundDownloadBandwidth: 100, 'DOCacheHost (MDM)': 'cache.example' };
    expect(withPolicies('delivery-optimization', set)).toMatchObject([
      {
        code: 'policies-set',
        facts: { DOMaxForegroundDownloadBandwidth: 100, 'DOCacheHost (MDM)': 'set' },
      },
    ]);
  });

  it.each([0, 1, 2, 3, 99, 7])('may set the download mode to %i', (mode) => {
    const [found] = withPolicies('delivery-optimization', { DODownloadMode: mode });
    expect(found).toMatchObject({ code: 'download-mode', severity: 'info', facts: { mode } });
    expect(found?.meaning).toContain(mode === 7 ? 'does not know' : 'HTTP');
  });

  it.each(['DODownloadMode', 'DODownloadMode (MDM)'])('may set %s to bypass', (name) => {
    expect(linesOf(withPolicies('delivery-optimization', { [name]: 100 }))).toEqual([
      'download-mode-bypass warning DO_E_NO_DOWNLOAD_EXTSETTINGS',
      'policies-set info',
    ]);
  });

  it.each([
    [{ EnableBITSMaxBandwidth: 1, MaxTransferRateOnSchedule: 0 }, true],
    [{ EnableBITSMaxBandwidth: 1, MaxTransferRateOffSchedule: 0 }, true],
    [{ EnableBITSMaxBandwidth: 1, MaxTransferRateOffSchedule: 0, UseSystemMaximum: 1 }, false],
    [{ EnableBITSMaxBandwidth: 0, MaxTransferRateOnSchedule: 0 }, false],
    [{ EnableBITSMaxBandwidth: 1, MaxTransferRateOnSchedule: 10 }, false],
    [{ 'BandwidthThrottlingTransferRate (MDM)': 0 }, true],
  ])('%j may block the background', (set, blocks) => {
    const found = linesOf(withPolicies('bits', set));
    const line = 'background-blocked warning BG_E_BLOCKED_BY_POLICY';
    expect(found).toEqual([...(blocks ? [line] : []), 'policies-set info']);
  });

  it('that could not be read are not called none', () => {
    const readings = { ...nothing('bits'), JobInactivityTimeout: denied };
    expect(linesOf(policyFindings('bits', readings))).toEqual(['policies-unreadable warning']);
  });
});
