// SPDX-License-Identifier: MIT
//
// The policies of both services: those of Group Policy, and those of mobile device management, which
// Windows mirrors in the registry. Of a policy that is a text, only whether it is set is reported.
//
// See https://learn.microsoft.com/windows/client-management/mdm/policy-csp-deliveryoptimization and
// https://learn.microsoft.com/windows/win32/bits/group-policies

import type { ReadingOf } from '../remote/system.js';
import type { ServiceName } from '../services.js';
import { findingsIn, type Entry, type Fact, type Finding } from './finding.js';

export const policiesTable = {
  'policies-none': {
    severity: 'ok',
    meaning: 'No policy is set for {service}.',
  },
  'policies-set': {
    severity: 'info',
    meaning: 'Policies are set for {service}; the facts list them.',
    advice: 'If downloads are slow or wait, ask the administrator about these policies.',
  },
  'policies-unreadable': {
    severity: 'warning',
    meaning: 'Some policies for {service} could not be read.',
    advice: 'Ask the administrator whether policies limit downloads.',
  },
  'download-mode': {
    severity: 'info',
    meaning:
      'A policy sets the download mode of {service} to {mode}: {name}. A URL of your own is fetched over HTTP in each of these modes.',
  },
  'download-mode-bypass': {
    severity: 'warning',
    meaning:
      'A policy sets the download mode of {service} to 100, bypass: on Windows 10, it is not to be used. Windows 11 no longer has this mode.',
    advice: 'Ask the administrator to set mode 0, 1 or 99 in its place, or use BITS.',
    errors: { 'delivery-optimization': 'DO_E_NO_DOWNLOAD_EXTSETTINGS' },
  },
  'background-blocked': {
    severity: 'warning',
    meaning: 'A policy gives background jobs of {service} no bandwidth, at least in some hours.',
    advice:
      'Use the priority foreground, which the policy does not limit, or ask the administrator.',
    errors: { bits: 'BG_E_BLOCKED_BY_POLICY' },
  },
} as const satisfies Record<string, Entry>;

type PolicyFinding = Finding<keyof typeof policiesTable>;

const finding = findingsIn(policiesTable);
const notFound = [0x80070002, 0x80070003];
const groupPolicy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows';
const management = 'HKLM\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device';

const ofDeliveryOptimization = [
  'DODownloadMode',
  'DOMaxForegroundDownloadBandwidth',
  'DOMaxBackgroundDownloadBandwidth',
  'DOPercentageMaxForegroundBandwidth',
  'DOPercentageMaxBackgroundBandwidth',
  'DOMinBackgroundQos',
  'DODelayForegroundDownloadFromHttp',
  'DODelayBackgroundDownloadFromHttp',
  'DOCacheHost',
  'DODisallowCacheServerDownloadsOnVPN',
  'DOVpnKeywords',
] as const;

const policies = {
  'delivery-optimization': {
    [`${groupPolicy}\\DeliveryOptimization`]: ofDeliveryOptimization,
    [`${management}\\DeliveryOptimization`]: ofDeliveryOptimization,
  },
  bits: {
    [`${groupPolicy}\\BITS`]: [
      'EnableBITSMaxBandwidth',
      'MaxTransferRateOnSchedule',
      'MaxBandwidthValidFrom',
      'MaxBandwidthValidTo',
      'MaxTransferRateOffSchedule',
      'UseSystemMaximum',
      'EnableMaintenanceLimits',
      'EnableBandwidthLimits',
      'JobInactivityTimeout',
      'MaxDownloadTime',
      'MaxJobsPerMachine',
      'MaxJobsPerUser',
      'MaxFilesPerJob',
      'MaxRangesPerFile',
      'DisableBranchCache',
    ],
    [`${management}\\BITS`]: [
      'BandwidthThrottlingTransferRate',
      'BandwidthThrottlingStartTime',
      'BandwidthThrottlingEndTime',
      'CostedNetworkBehaviorForegroundPriority',
      'CostedNetworkBehaviorBackgroundPriority',
      'JobInactivityTimeout',
    ],
  },
} as const satisfies Record<ServiceName, Record<string, readonly string[]>>;

type PolicyReadings = Readonly<Record<string, ReadingOf<'registry'>>>;

/** The queries for a service's policies. The name of each is that of the policy, and where it is set. */
export function policyQueries(
  service: ServiceName,
): Record<string, readonly ['registry', string, string]> {
  return Object.fromEntries(
    Object.entries<readonly string[]>(policies[service]).flatMap(([key, names]) =>
      names.map((name) => [
        key.startsWith(management) ? `${name} (MDM)` : name,
        ['registry', key, name] as const,
      ]),
    ),
  );
}

export function policyFindings(service: ServiceName, readings: PolicyReadings): PolicyFinding[] {
  const all = Object.entries(readings);
  const facts = Object.fromEntries(
    all.flatMap(([name, { value }]): [string, Fact][] => {
      if (value === null) return [];
      return [[name, typeof value === 'number' ? value : 'set']];
    }),
  );
  const unread = all.some(
    ([, { value, hresult }]) => value === null && !notFound.includes(hresult),
  );
  return [
    ...(unread ? [finding('policies-unreadable', { service })] : []),
    ...(service === 'bits' ? bandwidthFindings(readings) : modeFindings(readings)),
    ...(Object.keys(facts).length > 0 ? [finding('policies-set', { service, facts })] : []),
    ...(Object.keys(facts).length === 0 && !unread ? [finding('policies-none', { service })] : []),
  ];
}

const modes: Readonly<Record<number, string>> = {
  0: 'HTTP without peers',
  1: 'HTTP, and peers behind the same NAT',
  2: 'HTTP, and peers of a group',
  3: 'HTTP, and peers on the internet',
  99: 'simple, which is HTTP without peers and without the cloud service',
};
const bypass = 100;

function modeFindings(readings: PolicyReadings): PolicyFinding[] {
  const set = ['DODownloadMode', 'DODownloadMode (MDM)'].map((name) => readings[name]?.value);
  return [...new Set(set)].flatMap((mode) => {
    if (typeof mode !== 'number') return [];
    const name = modes[mode] ?? 'one that this version does not know';
    const found = { service: 'delivery-optimization', facts: { mode, name } } as const;
    return [finding(mode === bypass ? 'download-mode-bypass' : 'download-mode', found)];
  });
}

function bandwidthFindings(readings: PolicyReadings): PolicyFinding[] {
  const numberOf = (name: string) => readings[name]?.value;
  const limited = numberOf('EnableBITSMaxBandwidth') === 1;
  const noneOnSchedule = numberOf('MaxTransferRateOnSchedule') === 0;
  const noneOffSchedule =
    numberOf('MaxTransferRateOffSchedule') === 0 && numberOf('UseSystemMaximum') !== 1;
  const managed = numberOf('BandwidthThrottlingTransferRate (MDM)') === 0;
  const blocked = managed || (limited && (noneOnSchedule || noneOffSchedule));
  return blocked ? [finding('background-blocked', { service: 'bits' })] : [];
}
