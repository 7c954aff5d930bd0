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
// [any] How often a text, which is ASCII, is in this process's own memory as UTF-16: the heaps and
// the stacks, freed parts included.
std::size_t CountAsUtf16(const Bytes& text);

}  // namespace recorder
