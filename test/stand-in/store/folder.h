// SPDX-License-Identifier: MIT
//
// Creates a folder and its parents if they are missing.
#pragma once

#include <string>

namespace dosvc_stand_in {

void MakeFolder(const std::wstring& folder);

}  // namespace dosvc_stand_in
