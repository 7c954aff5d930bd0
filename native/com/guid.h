// SPDX-License-Identifier: MIT
//
// GUIDs as text: lower case without braces on the way up; any usual spelling on the way down.
#pragma once

#include <windows.h>

#include <optional>
#include <string>
#include <string_view>

namespace dosvc::com {

std::u16string Spell(const GUID& guid);
std::optional<GUID> ParseGuid(std::u16string_view text);

}  // namespace dosvc::com
