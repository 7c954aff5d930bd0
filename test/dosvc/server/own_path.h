// SPDX-License-Identifier: MIT
//
// Where this program lies.
#pragma once

#include <string>

namespace dosvc_stand_in {

std::wstring OwnPath();

}  // namespace dosvc_stand_in
