// SPDX-License-Identifier: MIT
// interrupt.mjs PID: presses Ctrl+C in the console of a process. Only a process that is attached to a
// console can do that, and a process has one console, so this takes a process of its own.

import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');
const FreeConsole = kernel32.func('int FreeConsole()');
const AttachConsole = kernel32.func('int AttachConsole(uint32_t)');
const SetConsoleCtrlHandler = kernel32.func('int SetConsoleCtrlHandler(void *, int)');
const GenerateConsoleCtrlEvent = kernel32.func('int GenerateConsoleCtrlEvent(uint32_t, uint32_t)');
const GetLastError = kernel32.func('uint32_t GetLastError()');

/** @param {string} what @param {number} succeeded */
function check(what, succeeded) {
  if (!succeeded) throw new Error(`${what}: ${String(GetLastError())}`);
}

FreeConsole();
check('AttachConsole', AttachConsole(Number(process.argv[2])));
// This process is not to end by it.
check('SetConsoleCtrlHandler', SetConsoleCtrlHandler(null, 1));
check('GenerateConsoleCtrlEvent', GenerateConsoleCtrlEvent(0, 0));
FreeConsole();
