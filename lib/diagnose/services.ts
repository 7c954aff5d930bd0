// SPDX-License-Identifier: MIT
//
// The two services, as the registry and the service manager know them: whether the class is registered,
// whether the service is there, how it starts, and whether it runs.

import { hex } from '../codes.js';
import type { ReadingOf, readSystem } from '../remote/system.js';
import { checkService, type ServiceName } from '../services.js';
import { findingsIn, type Entry, type Finding } from './finding.js';

export const servicesTable = {
  'class-registered': {
    severity: 'ok',
    meaning: 'The class of {service} is registered, as the service {name}.',
  },
  'class-missing': {
    severity: 'error',
    meaning:
      'The class of {service} is not registered: this version of Windows lacks the service, or it was removed.',
    advice: 'Update Windows or restore the service, or use the other one.',
    errors: { 'delivery-optimization': 'REGDB_E_CLASSNOTREG', bits: 'REGDB_E_CLASSNOTREG' },
  },
  'class-unreadable': {
    severity: 'warning',
    meaning: 'Whether the class of {service} is registered could not be read ({code}).',
    advice:
      'Diagnose it with { start: true } (dosvc diagnose --start), which connects to the service.',
  },
  'service-running': {
    severity: 'ok',
    meaning: '{service} is running.',
  },
  'service-stopped': {
    severity: 'ok',
    meaning: '{service} is not running. Windows starts it when a program connects to it.',
  },
  'service-changing': {
    severity: 'info',
    meaning: '{service} is starting, stopping or paused: its state is {state}.',
    advice: 'Try again in a moment.',
  },
  'service-disabled': {
    severity: 'error',
    meaning: '{service} is disabled, so Windows does not start it. Its state is {state}.',
    advice:
      'Ask the administrator to set the start type of the service {name} to manual, or use the other service.',
    errors: { 'delivery-optimization': 'ERROR_SERVICE_DISABLED', bits: 'ERROR_SERVICE_DISABLED' },
  },
  'service-missing': {
    severity: 'error',
    meaning:
      'The service manager does not know the service {name}, although its class is registered.',
    advice: 'Restore the service: it was removed from this installation of Windows.',
  },
  'service-unreadable': {
    severity: 'warning',
    meaning: 'The state of {service} could not be read ({code}).',
    advice:
      'Diagnose it with { start: true } (dosvc diagnose --start), which connects to the service.',
  },
  'bits-version': {
    severity: 'info',
    meaning: 'The version of {service} is {version}, or later.',
  },
} as const satisfies Record<string, Entry>;

type ServiceFinding = Finding<keyof typeof servicesTable>;

const finding = findingsIn(servicesTable);
const classes = 'HKLM\\SOFTWARE\\Classes';
const notFound = 0x80070002;
const noSuchService = 0x80070424;
const disabled = 4;
// dwCurrentState, from SERVICE_STOPPED on.
const states = [
  'stopped',
  'starting',
  'stopping',
  'running',
  'continuing',
  'pausing',
  'paused',
] as const;
const startTypes = ['boot', 'system', 'automatic', 'manual', 'disabled'] as const;

/** What was read of a service. */
export interface ServiceReadings {
  /** The service's name, from its class's application. */
  name: ReadingOf<'registry'>;
  /** Null if there is no name. */
  service: ReadingOf<'service'> | null;
}

/** Reads what the registry and the service manager know of a service. */
export async function readService(
  service: ServiceName,
  read: typeof readSystem,
  timeout: number,
): Promise<ServiceReadings> {
  const { clsid } = checkService('service', service);
  const { application } = await read(
    { application: ['registry', `${classes}\\CLSID\\${clsid}`, 'AppID'] },
    timeout,
  );
  if (typeof application.value !== 'string') return { name: application, service: null };
  const { name } = await read(
    { name: ['registry', `${classes}\\AppID\\${application.value}`, 'LocalService'] },
    timeout,
  );
  if (typeof name.value !== 'string') return { name, service: null };
  const readings = await read({ service: ['service', name.value] }, timeout);
  return { name, service: readings.service };
}

export function serviceFindings(
  service: ServiceName,
  { name: nameReading, service: reading }: ServiceReadings,
): ServiceFinding[] {
  const name = nameReading.value;
  if (typeof name !== 'string' || reading === null) {
    if (nameReading.hresult === notFound) return [finding('class-missing', { service })];
    return [finding('class-unreadable', { service, facts: { code: hex(nameReading.hresult) } })];
  }
  return [
    finding('class-registered', { service, facts: { name } }),
    stateFinding(service, name, reading),
  ];
}

function stateFinding(
  service: ServiceName,
  name: string,
  { value, hresult }: ReadingOf<'service'>,
): ServiceFinding {
  if (value === null) {
    if (hresult === noSuchService) return finding('service-missing', { service, facts: { name } });
    return finding('service-unreadable', { service, facts: { name, code: hex(hresult) } });
  }
  const state = states[value.state - 1] ?? value.state;
  const startType = startTypes[value.startType] ?? value.startType;
  const found = { service, facts: { name, state, startType } };
  if (value.startType === disabled) return finding('service-disabled', found);
  if (state === 'running') return finding('service-running', found);
  return finding(state === 'stopped' ? 'service-stopped' : 'service-changing', found);
}

// Each version of BITS registers a class, and keeps those of the earlier ones.
const versions = {
  '10.3': '{5FD42AD5-C04E-4D36-ADC7-E08FF15737AD}',
  '10.2': '{4575438F-A6C8-4976-B0FE-2F26B80D959E}',
  '10.1': '{4BD3E4E1-7BD4-4A2B-9964-496400DE5193}',
  '5.0': '{1ECCA34C-E88A-44E3-8D6A-8921BDE9E452}',
  '4.0': '{BB6DF56B-CACE-11DC-9992-0019B93A3A84}',
  '3.0': '{659CDEA7-489E-11D9-A9CD-000D56965251}',
  '2.5': '{03CA98D6-FF5D-49B8-ABC6-03DD84127020}',
  '2.0': '{6D18AD12-BDE3-4393-B311-099C346E6DF9}',
  '1.5': '{F087771F-D74F-4C1A-BB8A-E16ACA9124EA}',
  '1.0': '{4991D34B-80A1-4291-83B6-3328366B9097}',
} as const;

export const versionQueries = Object.fromEntries(
  Object.entries(versions).map(([version, clsid]) => [
    version,
    ['registry', `${classes}\\CLSID\\${clsid}`] as const,
  ]),
);

/**
 * The version of BITS, by the newest of its classes; none without BITS.
 *
 * @see https://learn.microsoft.com/windows/win32/bits/determining-the-version-of-bits-on-a-computer
 */
export function versionFindings(
  readings: Readonly<Record<string, ReadingOf<'registry'>>>,
): ServiceFinding[] {
  const version = Object.keys(versions).find((name) => readings[name]?.value === true);
  if (version === undefined) return [];
  return [finding('bits-version', { service: 'bits', facts: { version } })];
}
