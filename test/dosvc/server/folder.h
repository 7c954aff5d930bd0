// SPDX-License-Identifier: MIT
//
// Makes a folder, and those that it lies in, where they are missing.
#pragma once

#include <string>

namespace dosvc_stand_in {

void MakeFolder(const std::wstring& folder);

}  // namespace dosvc_stand_in
