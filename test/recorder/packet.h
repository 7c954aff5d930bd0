// SPDX-License-Identifier: MIT
//
// Reads what a test packed for the recorder: little-endian numbers and counted bytes.
#pragma once

#include <windows.h>

#include <cstdint>
#include <cstring>
#include <vector>

namespace recorder {

using Bytes = std::vector<std::uint8_t>;

class Packet {
 public:
  Packet(const std::uint8_t* at, std::size_t size) : at_(at), end_(at + size) {}

  bool AtEnd() const { return at_ >= end_; }

  template <typename T>
  T Take() {
    T value{};
    if (static_cast<std::size_t>(end_ - at_) >= sizeof(T)) std::memcpy(&value, at_, sizeof(T));
    at_ += sizeof(T);
    return value;
  }
  Bytes TakeBytes() {
    const auto count = Take<std::uint32_t>();
    Bytes bytes(at_, at_ + count);
    at_ += count;
    return bytes;
  }

 private:
  const std::uint8_t* at_;
  const std::uint8_t* const end_;
};

}  // namespace recorder
