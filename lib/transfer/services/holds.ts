// SPDX-License-Identifier: MIT
//
// What a transfer waits for, by the error that the service reports meanwhile.

import type { DosvcError } from '../../errors.js';
import { hresults, type WaitReason } from '../../generated/hresults.js';
import type { WaitingFor } from '../route.js';

// A shortage of memory passes, as an error does that is tried again.
const reasons: Readonly<Record<WaitReason, WaitingFor>> = {
  cost: 'cost',
  cellular: 'cellular',
  network: 'network',
  power: 'power',
  vpn: 'vpn',
  memory: 'retry',
};

// The codes of BITS, which are not transient by their number.
const ofBits: Readonly<Record<string, WaitingFor>> = {
  BG_E_NETWORK_DISCONNECTED: 'network',
  BG_E_BLOCKED_BY_COST_TRANSFER_POLICY: 'cost',
  BG_E_STANDBY_MODE: 'power',
  BG_E_BLOCKED_BY_BATTERY_POLICY: 'power',
  BG_E_BLOCKED_BY_BATTERY_SAVER: 'power',
  BG_E_BLOCKED_BY_POLICY: 'policy',
  BG_E_BLOCKED_BY_BACKGROUND_ACCESS_POLICY: 'policy',
  BG_E_BLOCKED_BY_GAME_MODE: 'policy',
  BG_E_BLOCKED_BY_SYSTEM_POLICY: 'policy',
};

/** What a transfer with this error waits for: anything without a reason of its own is tried again. */
export function waitsFor({ code, hresult }: DosvcError): WaitingFor {
  const reason = hresult === undefined ? undefined : hresults().get(hresult)?.waitsFor;
  return reason === undefined ? (ofBits[code] ?? 'retry') : reasons[reason];
}
