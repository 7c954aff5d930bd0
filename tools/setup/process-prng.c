// SPDX-License-Identifier: MIT
// A bcryptprimitives.dll for a Wine that has none: the one function that Rust's standard library
// imports from it. The set-up builds it into the prefix's system32, which is searched when Node
// loads an addon.

#include <windows.h>

#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
  return RtlGenRandom(data, (ULONG)size);
}
