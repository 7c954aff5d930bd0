// SPDX-License-Identifier: MIT
//
// The cost policies of Delivery Optimization as those of BITS.
//
// See https://learn.microsoft.com/windows/win32/api/bits5_0/ne-bits5_0-bits_job_transfer_policy

import type { DownloadCostPolicy, TransferPolicy } from '../../generated/enums.js';

// BITS knows the cost of a network and not its kind, so for 'no-cellular' it gets the policy that no
// network with a data limit passes.
const policies: Readonly<Record<DownloadCostPolicy, TransferPolicy>> = {
  always: 'always',
  unrestricted: 'unrestricted',
  standard: 'standard',
  'no-roaming': 'not-roaming',
  'no-surcharge': 'no-surcharge',
  'no-cellular': 'unrestricted',
};

export function transferPolicy(cost: DownloadCostPolicy): TransferPolicy {
  return policies[cost];
}
