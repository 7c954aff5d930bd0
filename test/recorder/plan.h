// SPDX-License-Identifier: MIT
//
// What a test told of one method: what to copy of what its arguments point to, what to write
// through them, whether to wait before, and the HRESULT. test/recorder/plan.ts packs it.
#pragma once

#include <windows.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "packet.h"

namespace recorder {

// The arguments behind `this` as they stand in registers and on the stack.
using Arguments = std::array<std::uint64_t, 8>;

struct Step {
  enum class Kind : std::uint8_t {
    // Copies, for the journal.
    kCopyBytes,  // data: how many, as a number of 32 bits
    kCopyText,   // a wide string
    kCopyBstr,
    kCopyArray,  // a SAFEARRAY of bytes
    kKeepSink,   // an interface of the caller's, to be called later
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
  // Whether what is copied lies behind the pointer at the place, not at the place itself.
  bool behind = false;
  std::uint32_t offset = 0;
  Bytes data;
};

struct Plan {
  static Plan Unpack(Packet packet);

  // [COM] What the copying steps found, in their order; "null" where a pointer was null.
  std::vector<std::string> Copy(const Arguments& arguments) const;
  // [COM]
  void Write(const Arguments& arguments) const;

  HRESULT hresult = S_OK;
  bool held = false;
  std::vector<Step> steps;
};

}  // namespace recorder
