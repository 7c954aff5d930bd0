// SPDX-License-Identifier: MIT
//
// Whether a text is JSON, and what of it is needed here.
#pragma once

#include <string>

namespace dosvc_stand_in {

bool IsJsonObject(const std::wstring& text);

// The member of that name, where it is a text; empty otherwise.
std::wstring JsonText(const std::wstring& object, const std::wstring& name);

}  // namespace dosvc_stand_in
