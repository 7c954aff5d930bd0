// SPDX-License-Identifier: MIT
//
// An order of GUIDs, for what is found by them.
#pragma once

#include <windows.h>

#include <cstring>

namespace dosvc_stand_in {

struct GuidLess {
  bool operator()(const GUID& left, const GUID& right) const {
    return std::memcmp(&left, &right, sizeof(GUID)) < 0;
  }
};

}  // namespace dosvc_stand_in
