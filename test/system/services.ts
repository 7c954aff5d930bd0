// SPDX-License-Identifier: MIT
// Services as the service manager sees them, through koffi.

import { setTimeout as sleep } from 'node:timers/promises';
import {
  advapi32,
  CloseServiceHandle,
  ControlService,
  OpenSCManager,
  OpenService,
  type Handle,
} from './service-manager.js';

const QueryServiceStatus = advapi32.func('int __stdcall QueryServiceStatus(void *, void *)') as (
  service: Handle,
  status: Buffer,
) => number;
const QueryServiceConfig = advapi32.func(
  'int __stdcall QueryServiceConfigW(void *, void *, uint32_t, void *)',
) as (service: Handle, config: Buffer, size: number, needed: Buffer) => number;
const ChangeServiceConfig = advapi32.func(
  'int __stdcall ChangeServiceConfigW(void *, uint32_t, uint32_t, uint32_t, void *, void *, void *, void *, void *, void *, void *)',
) as (
  service: Handle,
  type: number,
  startType: number,
  errorControl: number,
  ...rest: (null | string)[]
) => number;

const connect = 1; // SC_MANAGER_CONNECT
const queryConfig = 1;
const changeConfig = 2;
const queryStatus = 4;
const stopping = 0x20; // SERVICE_STOP
const stopControl = 1;
const unchanged = 0xffffffff; // SERVICE_NO_CHANGE

function on<T>(name: string, access: number, act: (service: Handle) => T): T {
  const manager = OpenSCManager(null, null, connect);
  const service = OpenService(manager, name, access);
  try {
    if (service === null) throw new Error(`There is no service ${name}`);
    return act(service);
  } finally {
    if (service !== null) CloseServiceHandle(service);
    CloseServiceHandle(manager);
  }
}

/** dwCurrentState: 1 is stopped, 4 running. */
export function stateOf(name: string): number {
  return on(name, queryStatus, (service) => {
    const status = Buffer.alloc(28);
    if (!QueryServiceStatus(service, status)) throw new Error('QueryServiceStatus failed');
    return status.readUInt32LE(4);
  });
}

/** dwStartType: 3 is on demand, 4 disabled. */
export function startTypeOf(name: string): number {
  return on(name, queryConfig, (service) => {
    const config = Buffer.alloc(8192);
    if (!QueryServiceConfig(service, config, config.length, Buffer.alloc(4))) {
      throw new Error('QueryServiceConfig failed');
    }
    return config.readUInt32LE(4);
  });
}

export function setStartType(name: string, startType: number): void {
  on(name, changeConfig, (service) => {
    const nothing = [null, null, null, null, null, null, null];
    if (!ChangeServiceConfig(service, unchanged, startType, unchanged, ...nothing)) {
      throw new Error('ChangeServiceConfig failed');
    }
  });
}

/** Stops a service, and waits until it has stopped. */
export async function stopService(name: string): Promise<void> {
  on(name, stopping, (service) => ControlService(service, stopControl, Buffer.alloc(28)));
  const late = Date.now() + 20_000;
  while (stateOf(name) !== 1) {
    if (Date.now() > late) throw new Error(`The service ${name} does not stop`);
    await sleep(20);
  }
}
