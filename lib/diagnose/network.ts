// SPDX-License-Identifier: MIT
//
// Whether there is a network, and whether it is metered. Windows knows that without a COM call since
// Windows 10 version 2004.
//
// See https://learn.microsoft.com/windows/win32/api/nldef/ns-nldef-nl_network_connectivity_hint

import { hex } from '../codes.js';
import type { ReadingOf } from '../remote/system.js';
import { findingsIn, type Entry, type Finding } from './finding.js';

export const networkTable = {
  'network-missing': {
    severity: 'error',
    meaning: 'There is no network.',
    advice: 'Connect the machine: downloads wait until then, and continue by themselves.',
    errors: {
      'delivery-optimization': 'DO_E_BLOCKED_BY_NO_NETWORK',
      bits: 'BG_E_NETWORK_DISCONNECTED',
    },
  },
  'network-unmetered': {
    severity: 'ok',
    meaning: 'The network is not metered.',
  },
  'network-metered': {
    severity: 'warning',
    meaning:
      'The network is metered (cost {cost}, over its limit {overLimit}, roaming {roaming}). A download whose cost policy does not allow that waits, which is the default of Delivery Optimization in the background.',
    advice:
      'Use another network, or allow the cost: costPolicy on Delivery Optimization, costFlags on BITS, cost in download().',
    errors: {
      'delivery-optimization': 'DO_E_BLOCKED_BY_COST_TRANSFER_POLICY',
      bits: 'BG_E_BLOCKED_BY_COST_TRANSFER_POLICY',
    },
  },
  'network-unknown': {
    severity: 'info',
    meaning: 'Windows does not report whether the network is metered.',
  },
  'network-unreadable': {
    severity: 'info',
    meaning:
      'Whether the network is metered could not be read ({code}). That needs Windows 10 version 2004 or later.',
  },
} as const satisfies Record<string, Entry>;

const finding = findingsIn(networkTable);
const noNetwork = 1;
// NL_NETWORK_CONNECTIVITY_COST_HINT, from 0 on.
const costs = ['unknown', 'unrestricted', 'fixed', 'variable'] as const;

export const networkQueries = { network: ['network'] } as const;

export function networkFinding({
  network: { value, hresult },
}: {
  network: ReadingOf<'network'>;
}): Finding<keyof typeof networkTable> {
  if (value === null) return finding('network-unreadable', { facts: { code: hex(hresult) } });
  if (value.level === noNetwork) return finding('network-missing');
  const { overLimit, roaming } = value;
  const cost = costs[value.cost] ?? value.cost;
  const found = { facts: { cost, overLimit, roaming } };
  const metered = cost === 'fixed' || cost === 'variable' || overLimit || roaming;
  if (metered) return finding('network-metered', found);
  return finding(cost === 'unrestricted' ? 'network-unmetered' : 'network-unknown', found);
}
