// SPDX-License-Identifier: MIT

#include "com/guid.h"

#include <array>
#include <cstdint>

namespace dosvc::com {
namespace {

constexpr std::u16string_view kDigits = u"0123456789abcdef";
// Where the sixteen bytes of the text stand in the structure (its first three fields are
// little-endian).
constexpr std::array<std::size_t, 16> kPlaces = {
    3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

bool HyphenBefore(std::size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

int Digit(char16_t c) {
  if (c >= u'A' && c <= u'F') c = static_cast<char16_t>(c - u'A' + u'a');
  const auto at = kDigits.find(c);
  return at == std::u16string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::u16string Spell(const GUID& guid) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(&guid);
  std::u16string text;
  text.reserve(36);
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    if (HyphenBefore(i)) text.push_back(u'-');
    text.push_back(kDigits[bytes[kPlaces[i]] >> 4]);
    text.push_back(kDigits[bytes[kPlaces[i]] & 15]);
  }
  return text;
}

std::optional<GUID> ParseGuid(std::u16string_view text) {
  if (text.size() == 38 && text.front() == u'{' && text.back() == u'}') {
    text = text.substr(1, 36);
  }
  if (text.size() != 36) return std::nullopt;
  GUID guid;
  auto* const bytes = reinterpret_cast<std::uint8_t*>(&guid);
  std::size_t at = 0;
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    if (HyphenBefore(i) && text[at++] != u'-') return std::nullopt;
    const int high = Digit(text[at++]);
    const int low = Digit(text[at++]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[kPlaces[i]] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return guid;
}

}  // namespace dosvc::com
