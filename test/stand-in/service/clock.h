// SPDX-License-Identifier: MIT
//
// The service's time, which a test can set ahead.
#pragma once

#include <windows.h>

#include <cstdint>

namespace dosvc_stand_in {

// Units of 100 nanoseconds since 1601, as in a FILETIME.
using Ticks = std::uint64_t;
constexpr Ticks kTicksPerSecond = 10'000'000;

Ticks Now();
FILETIME AsFileTime(Ticks ticks);

}  // namespace dosvc_stand_in
