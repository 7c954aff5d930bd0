// SPDX-License-Identifier: MIT
//
// The power supply. Both services may wait while the machine runs on battery.

import type { ReadingOf } from '../remote/system.js';
import { findingsIn, type Entry, type Finding } from './finding.js';

export const powerTable = {
  'power-mains': {
    severity: 'ok',
    meaning: 'The machine is plugged in.',
  },
  'power-battery': {
    severity: 'info',
    meaning: 'The machine runs on battery. Background downloads may wait until it is plugged in.',
    advice: 'Plug the machine in, or download in the foreground.',
    errors: {
      'delivery-optimization': 'DO_E_BLOCKED_BY_POWER_STATE',
      bits: 'BG_E_BLOCKED_BY_BATTERY_POLICY',
    },
  },
  'power-saver': {
    severity: 'warning',
    meaning: 'Battery saver is on. Background downloads wait until it is turned off.',
    advice: 'Plug the machine in or turn battery saver off, or download in the foreground.',
    errors: {
      'delivery-optimization': 'DO_E_BLOCKED_BY_POWER_STATE',
      bits: 'BG_E_BLOCKED_BY_BATTERY_SAVER',
    },
  },
  'power-unknown': {
    severity: 'info',
    meaning: 'Windows does not report whether the machine runs on battery.',
  },
} as const satisfies Record<string, Entry>;

const finding = findingsIn(powerTable);
const onBattery = 0;
const pluggedIn = 1;

export const powerQueries = { power: ['power'] } as const;

export function powerFinding({
  power: { value },
}: {
  power: ReadingOf<'power'>;
}): Finding<keyof typeof powerTable> {
  if (value?.saver === 1) return finding('power-saver');
  if (value?.line === pluggedIn) return finding('power-mains');
  return finding(value?.line === onBattery ? 'power-battery' : 'power-unknown');
}
