// SPDX-License-Identifier: MIT
//
// GUIDs as text: lower case without braces on the way up; any usual spelling on the way down.
#pragma once

#include <windows.h>

#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace dosvc::com {

// An order of GUIDs, for maps.
struct GuidLess {
  bool operator()(const GUID& a, const GUID& b) const noexcept {
    return std::memcmp(&a, &b, sizeof(GUID)) < 0;
  }
};

std::u16string Spell(const GUID& guid);
std::optional<GUID> ParseGuid(std::u16string_view text);

}  // namespace dosvc::com
