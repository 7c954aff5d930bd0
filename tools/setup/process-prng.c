// SPDX-License-Identifier: MIT
// A bcryptprimitives.dll for a Wine that has none: the one function that Rust's standard library
// takes from it. Built by the set-up into the prefix's system32, where Node's way of loading an
// addon looks for it.

#include <windows.h>

#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
  return RtlGenRandom(data, (ULONG)size);
}
