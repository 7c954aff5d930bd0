// SPDX-License-Identifier: MIT
//
// Orders GUIDs, so that they can be the keys of a map.
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
