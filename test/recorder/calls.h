// SPDX-License-Identifier: MIT
//
// How methods are called, which depends on the processor: register_calls.cc is for x64 and ARM64,
// stack_calls.cc for x86.
#pragma once

#include <windows.h>

#include <cstdint>
#include <vector>

#include "object.h"

namespace recorder {

// The vtable of every object. Its methods lead to Object::Call, those of IUnknown to their own.
const void* const* Vtable();

struct Argument {
  std::uint64_t value = 0;
  bool wide = false;  // 64 bits, on every processor
};

// [COM] Calls a method of an interface.
HRESULT CallMethod(void* face, std::uint32_t slot, const std::vector<Argument>& arguments);

}  // namespace recorder
