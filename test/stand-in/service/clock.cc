// SPDX-License-Identifier: MIT

#include "stand-in/service/clock.h"

#include "stand-in/control/switches.h"

namespace dosvc_stand_in {

Ticks Now() {
  FILETIME time = {};
  GetSystemTimeAsFileTime(&time);
  const Ticks ticks = (Ticks{time.dwHighDateTime} << 32) | time.dwLowDateTime;
  return ticks + Ticks{Switches::Get().clock_ahead} * kTicksPerSecond;
}

FILETIME AsFileTime(Ticks ticks) {
  return {static_cast<DWORD>(ticks), static_cast<DWORD>(ticks >> 32)};
}

}  // namespace dosvc_stand_in
