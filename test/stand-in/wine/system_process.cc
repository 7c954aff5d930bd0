// SPDX-License-Identifier: MIT

#include "stand-in/wine/system_process.h"

#include <windows.h>

namespace dosvc_stand_in {

void BecomeSystemProcess() {
  const HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
  if (!ntdll || !GetProcAddress(ntdll, "wine_get_version")) return;
  using Set = LONG(NTAPI*)(HANDLE process, ULONG what, void* value, ULONG size);
  const auto set = reinterpret_cast<Set>(
      reinterpret_cast<void*>(GetProcAddress(ntdll, "NtSetInformationProcess")));
  // Specific to Wine. Returns an event that is set when the last process that is not a system
  // process has ended.
  constexpr ULONG kMakeProcessSystem = 1000;
  HANDLE last_has_ended = nullptr;
  if (set) {
    set(GetCurrentProcess(), kMakeProcessSystem, &last_has_ended, sizeof(last_has_ended));
  }
}

}  // namespace dosvc_stand_in
