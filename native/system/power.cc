// SPDX-License-Identifier: MIT
//
// https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getsystempowerstatus

#include <windows.h>

#include <array>
#include <cstring>

#include "system/readings.h"

namespace dosvc::system {

Outcome ReadPower() {
  SYSTEM_POWER_STATUS status{};
  if (GetSystemPowerStatus(&status) == FALSE) return FailWith(GetLastError());
  // The fourth byte says whether battery saver is on. mingw-w64 calls it Reserved1, as Windows 8
  // did.
  std::array<BYTE, 4> bytes{};
  std::memcpy(bytes.data(), &status, bytes.size());
  return Done(Record{{"line", static_cast<double>(bytes[0])},
                     {"battery", static_cast<double>(bytes[1])},
                     {"saver", static_cast<double>(bytes[3])}});
}

}  // namespace dosvc::system
