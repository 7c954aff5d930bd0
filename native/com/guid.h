// SPDX-License-Identifier: MIT
//
// GUIDs as text. JavaScript receives them in lower case and without braces, and may pass them in
// either case and with or without braces.
#pragma once

#include <windows.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dosvc::com {

// The offsets in the text, without braces, of the sixteen bytes that it spells.
inline constexpr std::array<std::size_t, 16> kGuidBytesAt = {
    0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};

// The value of a hexadecimal digit, or -1.
template <typename Char>
constexpr int HexDigit(Char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

template <typename Char>
constexpr std::optional<GUID> ParseGuid(std::basic_string_view<Char> text) {
  if (text.size() == 38 && text.front() == '{' && text.back() == '}') text = text.substr(1, 36);
  if (text.size() != 36) return std::nullopt;
  for (const std::size_t at : {8, 13, 18, 23}) {
    if (text[at] != '-') return std::nullopt;
  }
  std::array<std::uint32_t, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = HexDigit(text[kGuidBytesAt[i]]);
    const int low = HexDigit(text[kGuidBytesAt[i] + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = static_cast<std::uint32_t>(high << 4 | low);
  }
  GUID guid{bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3],
            static_cast<std::uint16_t>(bytes[4] << 8 | bytes[5]),
            static_cast<std::uint16_t>(bytes[6] << 8 | bytes[7]),
            {}};
  for (std::size_t i = 0; i < 8; ++i) guid.Data4[i] = static_cast<std::uint8_t>(bytes[8 + i]);
  return guid;
}

std::u16string FormatGuid(const GUID& guid);

}  // namespace dosvc::com
