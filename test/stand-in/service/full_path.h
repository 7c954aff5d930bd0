// SPDX-License-Identifier: MIT
//
// Whether a path is the same for every process: with a drive or a server, and without a part that a
// current folder would add.
#pragma once

#include <string>

namespace dosvc_stand_in {

inline bool IsFullyQualified(const std::wstring& path) {
  const bool drive = path.size() > 2 && path[1] == L':' && (path[2] == L'\\' || path[2] == L'/');
  return drive || path.rfind(L"\\\\", 0) == 0;
}

}  // namespace dosvc_stand_in
