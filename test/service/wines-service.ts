// SPDX-License-Identifier: MIT
//
// Restarts Wine's BITS, so that each test has a fresh service. Wine's BITS releases a notify
// interface long after its job has ended, mistakes a process with a reused number for the dead one,
// and takes no lock when a notify interface is set: leftovers of one test would affect another.
//
// BITS reports that it has stopped before its class is revoked, and Wine's RpcSs then keeps the
// dead class for ever. So RpcSs is restarted as well, and the stand-in, whose class RpcSs knew, is
// stopped. When the last object of an interface is released, Wine's COM waits for calls while it
// holds a lock that those calls need. So each process holds a class factory, a manager, and a job with
// its file as long as the service runs, and stubs of the callback interfaces for as long as it lives (held-stub.ts).
//
// Windows' own services are never stopped: they do not belong to the tests.

import { setTimeout as sleep } from 'node:timers/promises';
import koffi from 'koffi';
import { holdStubs } from '../com/held-stub.js';
import { iidOf } from '../facts/facts.js';
import { openProcess } from '../system/process-number.js';
import {
  advapi32,
  CloseServiceHandle,
  ControlService,
  OpenSCManager,
  OpenService,
  type Handle,
} from '../system/service-manager.js';
import { underWine } from '../system/under-wine.js';
import {
  activate,
  call,
  classObject,
  invoke,
  pointerIn,
  release,
  room,
  type Pointer,
} from '../com/vtable.js';

const kernel32 = koffi.load('kernel32.dll');
const QueryServiceStatusEx = advapi32.func(
  'int __stdcall QueryServiceStatusEx(void *, int, void *, uint32_t, void *)',
) as (service: Handle, level: number, status: Buffer, size: number, needed: Buffer) => number;
const StartService = advapi32.func('int __stdcall StartServiceW(void *, uint32_t, void *)') as (
  service: Handle,
  count: number,
  args: null,
) => number;
const TerminateProcess = kernel32.func('int __stdcall TerminateProcess(void *, uint32_t)') as (
  process: Handle,
  status: number,
) => number;
const WaitForSingleObject = kernel32.func(
  'uint32_t __stdcall WaitForSingleObject(void *, uint32_t)',
) as (handle: Handle, milliseconds: number) => number;

const clsid = '{4991D34B-80A1-4291-83B6-3328366B9097}';
const serviceAccess = 0xf01ff;
const processAccess = 0x100001; // SYNCHRONIZE and PROCESS_TERMINATE
const stop = 1;
const running = 4;

/** SERVICE_STATUS_PROCESS: its dwCurrentState and dwProcessId. */
function ask(service: Handle): { state: number; process: number } {
  const status = Buffer.alloc(36);
  if (!QueryServiceStatusEx(service, 0, status, status.length, Buffer.alloc(4)))
    throw new Error('QueryServiceStatusEx failed');
  return { state: status.readUInt32LE(4), process: status.readUInt32LE(28) };
}

async function becomes(condition: () => boolean, patience: number): Promise<boolean> {
  const late = Date.now() + patience;
  while (!condition()) {
    if (Date.now() > late) return false;
    await sleep(5);
  }
  return true;
}

/**
 * Stops a service, or ends its process if the stop hangs: until the process has ended, COM would
 * still direct clients to it. The process's handle stays open, so that its number is not reused
 * (see process-number.ts). Otherwise, Wine's RPC in this process would reuse its connection to the
 * old service, which the new one refuses (0x800706BF).
 */
async function end(service: Handle): Promise<void> {
  if (service === null) return;
  const process = openProcess(processAccess, ask(service).process);
  if (process === null) return;
  const ended = () => WaitForSingleObject(process, 0) === 0;
  ControlService(service, stop, Buffer.alloc(28));
  if (await becomes(ended, 2000)) return;
  TerminateProcess(process, 1);
  if (!(await becomes(ended, 10_000))) throw new Error('A service of Wine does not end');
}

async function start(service: Handle): Promise<void> {
  const runs = () => {
    const { state } = ask(service);
    if (state !== running) StartService(service, 0, null);
    return state === running;
  };
  if (!(await becomes(runs, 20_000))) throw new Error('A service of Wine does not start');
}

/** The objects that keep the service's interfaces in use. */
const held: Pointer[] = [];
let holdsStubs = false;

function letGo(): void {
  for (const object of held.splice(0)) release(object);
}

async function hold(): Promise<void> {
  if (!holdsStubs) holdStubs(['IUnknown', 'IBackgroundCopyCallback'].map(iidOf));
  holdsStubs = true;
  const [factory, manager] = [room(), room()];
  for (const [object, hresult] of [
    [factory, await classObject(clsid, factory)],
    [manager, await activate(clsid, iidOf('IBackgroundCopyManager'), manager)],
  ] as const) {
    if (hresult !== 0) throw new Error(`Wine's BITS cannot be reached: 0x${hresult.toString(16)}`);
    held.push(pointerIn(object));
  }
  await holdJob(pointerIn(manager));
}

/** Holds a job with its file. The job has ended, so that no test finds it. */
async function holdJob(manager: Pointer): Promise<void> {
  const [job, files, file] = [room(), room(), room()];
  await call(manager, 'IBackgroundCopyManager::CreateJob', 'held', 0, room(16), job);
  const target = 'C:\\dosvc-held.bin';
  await call(pointerIn(job), 'IBackgroundCopyJob::AddFile', 'http://127.0.0.1/', target);
  await call(pointerIn(job), 'IBackgroundCopyJob::EnumFiles', files);
  await call(pointerIn(files), 'IEnumBackgroundCopyFiles::Next', 1, file, room());
  // Succeeds with BG_S_UNABLE_TO_DELETE_FILES.
  await invoke(pointerIn(job), 'IBackgroundCopyJob::Cancel');
  held.push(...[job, files, file].map(pointerIn));
}

/** Restarts Wine's BITS and leaves it running. */
export async function renewWinesService(): Promise<void> {
  if (!underWine) return;
  const manager = OpenSCManager(null, null, serviceAccess);
  const service = (name: string) => OpenService(manager, name, serviceAccess);
  const [bits, standIn, rpcss] = [service('BITS'), service('dosvc-stand-in'), service('RpcSs')];
  try {
    for (const one of [bits, standIn, rpcss]) await end(one);
    // Only now: a service that hangs would not answer a release.
    letGo();
    for (const one of [rpcss, bits]) await start(one);
    await hold();
  } finally {
    for (const handle of [bits, standIn, rpcss, manager]) CloseServiceHandle(handle);
  }
}
