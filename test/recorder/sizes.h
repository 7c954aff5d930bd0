// SPDX-License-Identifier: MIT
//
// How many bytes each parameter of a method has. Where the processor's way of calling methods
// depends on that, the recorder has to be told.
#pragma once

#include <windows.h>

#include <cstdint>
#include <vector>

namespace recorder {

using Sizes = std::vector<std::uint8_t>;

// [JS] The sizes are those on x86.
void SetSizes(REFIID iid, std::uint32_t slot, Sizes sizes);
// [COM] Null if they are not known. They are set once, before any call.
const Sizes* FindSizes(REFIID iid, std::uint32_t slot);

}  // namespace recorder
