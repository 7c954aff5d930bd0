// SPDX-License-Identifier: MIT
//
// The checks of a Windows machine. All run at once, so one that hangs holds up none of the others.

import { version } from '../../package.json';
import { DosvcError } from '../errors.js';
import { readSystem } from '../remote/system.js';
import type { ServiceName } from '../services.js';
import { connect, downloadApi } from './connection.js';
import { titleOf } from './finding.js';
import { allOf, type Limit } from './limit.js';
import {
  binaryFailed,
  binaryLoaded,
  isBinaryCode,
  machineQueries,
  windowsFinding,
} from './machine.js';
import { networkFinding, networkQueries } from './network.js';
import { policyFindings, policyQueries } from './policies.js';
import { powerFinding, powerQueries } from './power.js';
import { probe } from './probe.js';
import { proxiesFinding, proxiesQueries } from './proxies.js';
import type { DiagnosticFinding } from './report.js';
import { readService, serviceFindings, versionFindings, versionQueries } from './services.js';
import { sessionFindings, sessionQueries } from './session.js';

const services = ['delivery-optimization', 'bits'] as const;

export async function windowsChecks(limit: Limit, start: boolean): Promise<DiagnosticFinding[]> {
  const { callTimeout } = limit;
  const unloaded = await whyUnloaded(callTimeout);
  if (unloaded !== null) return [windowsFinding(), unloaded];
  const checks = [
    limit.check('the version of Windows', async () => [
      windowsFinding(await readSystem(machineQueries, callTimeout)),
      binaryLoaded(version),
    ]),
    ...services.map((service) => serviceChecks(limit, service, start)),
    ...services.map((service) =>
      limit.check(`the policies for ${titleOf(service)}`, async () =>
        policyFindings(service, await readSystem(policyQueries(service), callTimeout)),
      ),
    ),
    limit.check('the logon', async () =>
      sessionFindings(await readSystem(sessionQueries, callTimeout)),
    ),
    limit.check('the network', async () => [
      networkFinding(await readSystem(networkQueries, callTimeout)),
    ]),
    limit.check('the power supply', async () => [
      powerFinding(await readSystem(powerQueries, callTimeout)),
    ]),
    limit.check('the proxies', async () => [
      proxiesFinding(await readSystem(proxiesQueries, callTimeout)),
    ]),
  ];
  return (await allOf<readonly DiagnosticFinding[]>(checks)).flat();
}

/** Null if the binary is loaded. */
async function whyUnloaded(timeout: number) {
  try {
    await readSystem({}, timeout);
    return null;
  } catch (error) {
    if (error instanceof DosvcError && isBinaryCode(error.code)) return binaryFailed(error.code);
    throw error;
  }
}

async function serviceChecks(
  limit: Limit,
  service: ServiceName,
  start: boolean,
): Promise<DiagnosticFinding[]> {
  const title = titleOf(service);
  const { callTimeout } = limit;
  const registered = await limit.check(title, async () => [
    ...serviceFindings(service, await readService(service, readSystem, callTimeout)),
    ...(service === 'bits' ? versionFindings(await readSystem(versionQueries, callTimeout)) : []),
  ]);
  return [...registered, ...(start ? await startedChecks(limit, service) : [])];
}

async function startedChecks(
  limit: Limit,
  service: ServiceName,
): Promise<readonly DiagnosticFinding[]> {
  const title = titleOf(service);
  return limit.check<DiagnosticFinding>(`the connection to ${title}`, async () => {
    const { manager, found } = await connect(service, limit.callTimeout);
    if (manager === null) return found;
    try {
      const downloads =
        service === 'bits'
          ? []
          : await limit.check('the download API', async () => [
              await downloadApi(limit.callTimeout),
            ]);
      const job = await limit.check(`a job of ${title}`, () =>
        probe(service, manager, limit.signal),
      );
      return [...found, ...downloads, ...job];
    } finally {
      await manager.close();
    }
  });
}
