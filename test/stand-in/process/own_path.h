// SPDX-License-Identifier: MIT
//
// The path of this executable.
#pragma once

#include <string>

namespace dosvc_stand_in {

std::wstring OwnPath();

}  // namespace dosvc_stand_in
