// SPDX-License-Identifier: MIT
//
// Checks whether a text is a JSON object, and reads its string members: the service needs no more.
#pragma once

#include <string>

namespace dosvc_stand_in {

bool IsJsonObject(const std::wstring& text);

// The member of that name, if it is a string; otherwise empty.
std::wstring JsonText(const std::wstring& object, const std::wstring& name);

}  // namespace dosvc_stand_in
