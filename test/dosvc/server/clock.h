// SPDX-License-Identifier: MIT
//
// The service's time, which a test can put ahead.
#pragma once

#include <windows.h>

#include <cstdint>

namespace dosvc_stand_in {

// In a FILETIME's hundred nanoseconds, since 1601.
using Ticks = std::uint64_t;
constexpr Ticks kTicksPerSecond = 10'000'000;

Ticks Now();
FILETIME AsFileTime(Ticks ticks);

}  // namespace dosvc_stand_in
