// SPDX-License-Identifier: MIT
//
// The memory that the recorder gives away for the caller to free, and whether it was freed: a spy
// on COM's allocator knows.
#pragma once

#include <cstddef>

#include "packet.h"

namespace recorder {

// [any] A CoTaskMemAlloc'd copy.
void* AllocateForCaller(const Bytes& data);
// [any] How many of those have not been freed.
std::size_t CountNotFreed();

}  // namespace recorder
