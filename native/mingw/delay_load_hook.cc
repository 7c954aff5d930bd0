// SPDX-License-Identifier: MIT
//
// Electron applications rename their executable, so an import from "node.exe" must be answered by
// the host process, whatever it is called. node-gyp brings the same hook for MSVC alone.

#include <windows.h>

#include <delayimp.h>

namespace {

// The addresses that are filled in lie in .idata, which the linker of binutils 2.44 (Debian 13's)
// makes read-only.
void LetBeWritten(FARPROC* address) {
  DWORD before;
  VirtualProtect(address, sizeof(*address), PAGE_READWRITE, &before);
}

FARPROC WINAPI LoadHost(unsigned event, PDelayLoadInfo info) {
  if (event == dliStartProcessing) LetBeWritten(info->ppfn);
  if (event != dliNotePreLoadLibrary || lstrcmpiA(info->szDll, "node.exe") != 0) return nullptr;
  return reinterpret_cast<FARPROC>(GetModuleHandleW(nullptr));
}

}  // namespace

extern "C" {
extern PfnDliHook __pfnDliNotifyHook2;
PfnDliHook __pfnDliNotifyHook2 = LoadHost;
}
