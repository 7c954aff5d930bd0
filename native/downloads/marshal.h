// SPDX-License-Identifier: MIT
//
// Converts the download API's structures to plain values and back.
#pragma once

#include <windows.h>

#include <vector>

#include "com/params.h"
#include "downloads/structs.h"

namespace dosvc::abi {

Value ToValue(const DO_DOWNLOAD_STATUS& status);

}  // namespace dosvc::abi

namespace dosvc::com {

template <>
struct Reader<abi::DO_DOWNLOAD_ENUM_CATEGORY> {
  static constexpr const char* kShape = "{ property, value }";
  bool Read(const Value& value);
  abi::DO_DOWNLOAD_ENUM_CATEGORY* get() { return &category_; }

 private:
  Reader<WCHAR> value_;
  abi::DO_DOWNLOAD_ENUM_CATEGORY category_{};
};

// A count followed by that many ranges: a buffer, of which the declared struct is only the start.
template <>
struct Reader<abi::DO_DOWNLOAD_RANGES_INFO> {
  static constexpr const char* kShape = "a list of { offset, length }";
  bool Read(const Value& value);
  abi::DO_DOWNLOAD_RANGES_INFO* get() {
    return reinterpret_cast<abi::DO_DOWNLOAD_RANGES_INFO*>(buffer_.data());
  }

 private:
  std::vector<UINT64> buffer_;  // UINT64 elements give the ranges their alignment
};

}  // namespace dosvc::com
