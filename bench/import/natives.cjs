// SPDX-License-Identifier: MIT
// @ts-check
// Requires the package and prints what that adds to the process: DLLs, addons among them, and threads.
// It runs in a separate process, which has not loaded anything of the package before.

const koffi = require('koffi');

const kernel32 = koffi.load('kernel32.dll');
const entry = koffi.struct('THREADENTRY32', {
  dwSize: 'uint32_t',
  cntUsage: 'uint32_t',
  th32ThreadID: 'uint32_t',
  th32OwnerProcessID: 'uint32_t',
  tpBasePri: 'int32_t',
  tpDeltaPri: 'int32_t',
  dwFlags: 'uint32_t',
});
const takeSnapshot = kernel32.func(
  'void *__stdcall CreateToolhelp32Snapshot(uint32_t flags, uint32_t process)',
);
const first = kernel32.func('int __stdcall Thread32First(void *snapshot, _Inout_ THREADENTRY32 *)');
const next = kernel32.func('int __stdcall Thread32Next(void *snapshot, _Inout_ THREADENTRY32 *)');
const close = kernel32.func('int __stdcall CloseHandle(void *snapshot)');
const ofThreads = 4;

/** The threads of this process, by their ids. */
function threads() {
  /** @type {number[]} */
  const ids = [];
  const snapshot = takeSnapshot(ofThreads, 0);
  const thread = { dwSize: koffi.sizeof(entry), th32ThreadID: 0, th32OwnerProcessID: 0 };
  for (let more = first(snapshot, thread); more; more = next(snapshot, thread)) {
    if (thread.th32OwnerProcessID === process.pid) ids.push(thread.th32ThreadID);
  }
  close(snapshot);
  return ids;
}

/** @returns {string[]} */
function libraries() {
  const report = /** @type {{ sharedObjects: string[] }} */ (process.report?.getReport());
  return report.sharedObjects;
}

function natives() {
  return [...libraries(), ...threads().map((id) => `thread ${String(id)}`)];
}

// The first look loads what the look itself needs.
natives();
const before = new Set(natives());
require('dosvc');
console.log(JSON.stringify(natives().filter((native) => !before.has(native))));
