// SPDX-License-Identifier: MIT
//
// Electron applications rename their executable, so an import from "node.exe" must be answered by
// the host process, whatever it is called. node-gyp brings the same hook for MSVC alone.

#include <windows.h>

#include <delayimp.h>

namespace {

FARPROC WINAPI LoadHost(unsigned event, PDelayLoadInfo info) {
  if (event != dliNotePreLoadLibrary || lstrcmpiA(info->szDll, "node.exe") != 0) return nullptr;
  return reinterpret_cast<FARPROC>(GetModuleHandleW(nullptr));
}

}  // namespace

extern "C" {
extern PfnDliHook __pfnDliNotifyHook2;
PfnDliHook __pfnDliNotifyHook2 = LoadHost;
}
