// SPDX-License-Identifier: MIT
//
// The builds of Windows whose service differs, and the one that the switch "build" selects.
#pragma once

#include <cstdint>

#include "stand-in/control/switches.h"

namespace dosvc_stand_in {

constexpr std::uint32_t k1809 = 17763;
constexpr std::uint32_t k2004 = 19041;
constexpr std::uint32_t kIron = 22000;
constexpr std::uint32_t kNickel = 22621;
constexpr std::uint32_t kGermanium = 26100;

// Whether the service is the one of this build or of a later one.
inline bool HasBuild(std::uint32_t since) {
  const std::uint32_t build = Switches::Get().build;
  return build == 0 || build >= since;
}

}  // namespace dosvc_stand_in
