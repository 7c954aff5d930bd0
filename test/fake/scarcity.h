// SPDX-License-Identifier: MIT
//
// Watches where the addon allocates and frees memory. To let memory run out, one of the addon's own
// allocations fails, or all from it on. The other libraries of the process have enough.
#pragma once

#include <cstdint>

namespace dosvc::fake {

class Scarcity {
 public:
  // [any] `first` is the allocation that fails, counted from 1 and from now on.
  static void Begin(std::int64_t first, bool for_good);
  static void End();              // [any]
  static std::int64_t Refused();  // [any] how many failed since it began
};

// How often freed memory still contained the secret that test/linux/fake/secrets.cjs passes.
std::int64_t Spilled();

}  // namespace dosvc::fake
