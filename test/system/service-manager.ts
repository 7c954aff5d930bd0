// SPDX-License-Identifier: MIT
// The service manager's own functions, through koffi.

import koffi from 'koffi';

export type Handle = bigint | null;

export const advapi32 = koffi.load('advapi32.dll');
export const OpenSCManager = advapi32.func(
  'void * __stdcall OpenSCManagerW(void *, void *, uint32_t)',
) as (machine: null, database: null, access: number) => Handle;
export const OpenService = advapi32.func(
  'void * __stdcall OpenServiceW(void *, str16, uint32_t)',
) as (manager: Handle, name: string, access: number) => Handle;
export const CloseServiceHandle = advapi32.func('int __stdcall CloseServiceHandle(void *)') as (
  handle: Handle,
) => number;
export const ControlService = advapi32.func(
  'int __stdcall ControlService(void *, uint32_t, void *)',
) as (service: Handle, control: number, status: Buffer) => number;
