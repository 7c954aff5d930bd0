// SPDX-License-Identifier: MIT
//
// A test's plan for one method: what to copy from where its arguments point, what to write there,
// whether to wait before writing, and the HRESULT. test/recorder/plan.ts packs it.
#pragma once

#include <windows.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "packet.h"

namespace recorder {

// The arguments after `this`, as they are in the registers and on the stack.
using Arguments = std::array<std::uint64_t, 8>;

template <typename T>
T* PointerIn(std::uint64_t argument) {
  return reinterpret_cast<T*>(static_cast<std::uintptr_t>(argument));
}

struct Step {
  enum class Kind : std::uint8_t {
    // Copies, for the journal.
    kCopyBytes,  // data: how many, as a 32-bit number
    kCopyText,   // a wide string
    kCopyBstr,
    kCopyArray,  // a SAFEARRAY of bytes
    kKeepSink,   // an interface of the caller, to be called later
    // Writes.
    kWriteBytes,
    kWriteMemory,  // a pointer to a CoTaskMemAlloc'd copy of the data
    kWriteBstr,    // data: UTF-16
    kWriteArray,   // a SAFEARRAY of bytes
    kWriteObject,  // data: an object's number and the IID of the face
    kWriteSink,    // data: a kept sink's number
  };

  Kind kind{};
  std::uint8_t argument = 0;
  // Whether to copy what the pointer at the place points to, and not the place itself.
  bool behind = false;
  std::uint32_t offset = 0;
  Bytes data;
};

struct Plan {
  static Plan Unpack(Packet packet);

  // [COM] What the copying steps found, in their order; "null" for a null pointer.
  std::vector<std::string> Copy(const Arguments& arguments) const;
  // [COM]
  void Write(const Arguments& arguments) const;

  HRESULT hresult = S_OK;
  bool held = false;
  std::vector<Step> steps;
};

}  // namespace recorder
