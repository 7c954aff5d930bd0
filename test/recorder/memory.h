// SPDX-License-Identifier: MIT
//
// The memory that the recorder allocates for the caller to free. A spy on COM's allocator knows
// whether it was freed.
#pragma once

#include <cstddef>

#include "packet.h"

namespace recorder {

// [any] A CoTaskMemAlloc'd copy.
void* AllocateForCaller(const Bytes& data);
// [any] How many of these copies have not been freed.
std::size_t CountNotFreed();

}  // namespace recorder
