// SPDX-License-Identifier: MIT
//
// Takes the place of delay imports where the linker has none: the pointers through which code calls
// functions that are declared as a DLL's. They are found in the host process, whatever it is
// called, because Electron applications rename their executable.

#include <windows.h>

extern "C" {
#define NODE_API(name) void* __imp_##name;
#include "node_api.inc"
#undef NODE_API
}

namespace {

struct HostPointers {
  // A function that an older host lacks is null, and the addon does not call it.
  HostPointers() {
    const HMODULE host = GetModuleHandleW(nullptr);
#define NODE_API(name) __imp_##name = reinterpret_cast<void*>(GetProcAddress(host, #name));
#include "node_api.inc"
#undef NODE_API
  }
} host_pointers;

}  // namespace
