// SPDX-License-Identifier: MIT
//
// Whether a text is JSON. What it says is nobody's business here.
#pragma once

#include <string>

namespace dosvc_stand_in {

bool IsJsonObject(const std::wstring& text);

}  // namespace dosvc_stand_in
