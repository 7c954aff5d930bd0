// SPDX-License-Identifier: MIT
//
// Electron applications rename their executable, so the host process must resolve an import from
// "node.exe", whatever the host is called. node-gyp supplies such a hook for MSVC only.

#include <windows.h>

#include <delayimp.h>

namespace {

// The addresses that the delay loader fills in are in .idata, which the linker of binutils 2.44
// (Debian 13's) makes read-only.
void MakeWritable(FARPROC* address) {
  DWORD before;
  VirtualProtect(address, sizeof(*address), PAGE_READWRITE, &before);
}

FARPROC WINAPI LoadHost(unsigned event, PDelayLoadInfo info) {
  if (event == dliStartProcessing) MakeWritable(info->ppfn);
  if (event != dliNotePreLoadLibrary || lstrcmpiA(info->szDll, "node.exe") != 0) return nullptr;
  return reinterpret_cast<FARPROC>(GetModuleHandleW(nullptr));
}

}  // namespace

extern "C" {
extern PfnDliHook __pfnDliNotifyHook2;
PfnDliHook __pfnDliNotifyHook2 = LoadHost;
}
