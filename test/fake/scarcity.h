// SPDX-License-Identifier: MIT
//
// The addon's memory, looked at where it is taken and given back. It runs out: of what the addon
// itself asks for, one allocation fails, or all from it on. The other libraries of the process have
// enough.
#pragma once

#include <cstdint>

namespace dosvc::fake {

class Scarcity {
 public:
  // [any] Which allocation fails, counted from 1 and from now on.
  static void Begin(std::int64_t first, bool for_good);
  static void End();              // [any]
  static std::int64_t Refused();  // [any] how many failed since it began
};

// How often memory was given back with the secret in it that test/linux/fake/secrets.cjs passes.
std::int64_t Spilled();

}  // namespace dosvc::fake
