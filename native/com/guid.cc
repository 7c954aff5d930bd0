// SPDX-License-Identifier: MIT

#include "com/guid.h"

namespace dosvc::com {

std::u16string FormatGuid(const GUID& guid) {
  constexpr std::u16string_view kDigits = u"0123456789abcdef";
  // The first three fields are little-endian in memory, and big-endian in the text.
  constexpr std::array<std::size_t, 16> kOffsets = {
      3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(&guid);
  std::u16string text(36, u'-');
  for (std::size_t i = 0; i < kOffsets.size(); ++i) {
    text[kGuidBytesAt[i]] = kDigits[bytes[kOffsets[i]] >> 4];
    text[kGuidBytesAt[i] + 1] = kDigits[bytes[kOffsets[i]] & 15];
  }
  return text;
}

}  // namespace dosvc::com
