// SPDX-License-Identifier: MIT
//
// Every finding of diagnose(), by its code.

import { addressTable } from './address.js';
import { connectionTable } from './connection.js';
import { failedRequestTable } from './failed-request.js';
import type { Entry } from './finding.js';
import { limitTable } from './limit.js';
import { machineTable } from './machine.js';
import { networkTable } from './network.js';
import { policiesTable } from './policies.js';
import { powerTable } from './power.js';
import { probeTable } from './probe.js';
import { proxiesTable } from './proxies.js';
import { serverTable } from './server.js';
import { servicesTable } from './services.js';
import { sessionTable } from './session.js';

export const table = {
  ...machineTable,
  ...servicesTable,
  ...connectionTable,
  ...probeTable,
  ...policiesTable,
  ...sessionTable,
  ...networkTable,
  ...powerTable,
  ...proxiesTable,
  ...addressTable,
  ...failedRequestTable,
  ...serverTable,
  ...limitTable,
} as const satisfies Record<string, Entry>;

/** The code of a finding. */
export type FindingCode = keyof typeof table;
