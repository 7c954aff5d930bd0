// SPDX-License-Identifier: MIT
//
// The download API's structures as plain values and back.
#pragma once

#include <windows.h>

#include <vector>

#include "com/params.h"
#include "downloads/structs.h"

namespace dosvc::com {

template <>
struct Writer<abi::DO_DOWNLOAD_STATUS> {
  static Value Write(const abi::DO_DOWNLOAD_STATUS& status);
};

template <>
struct Reader<abi::DO_DOWNLOAD_ENUM_CATEGORY> {
  static constexpr const char* kShape = "{ property, value }";
  bool Read(const Value& value);
  abi::DO_DOWNLOAD_ENUM_CATEGORY* get() { return &category_; }

 private:
  OwnText value_;
  abi::DO_DOWNLOAD_ENUM_CATEGORY category_{};
};

// A count and that many ranges behind it: a buffer, of which the declared struct is the beginning.
template <>
struct Reader<abi::DO_DOWNLOAD_RANGES_INFO> {
  static constexpr const char* kShape = "a list of { offset, length }";
  bool Read(const Value& value);
  abi::DO_DOWNLOAD_RANGES_INFO* get() {
    return reinterpret_cast<abi::DO_DOWNLOAD_RANGES_INFO*>(buffer_.data());
  }

 private:
  std::vector<UINT64> buffer_;  // its elements have the alignment that the ranges want
};

}  // namespace dosvc::com
