// SPDX-License-Identifier: MIT

#include "stand-in/process/own_path.h"

#include <windows.h>

namespace dosvc_stand_in {

std::wstring OwnPath() {
  std::wstring path(MAX_PATH, L'\0');
  for (;;) {
    const DWORD size = GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
    if (size < path.size()) {
      path.resize(size);
      return path;
    }
    path.resize(path.size() * 2);
  }
}

}  // namespace dosvc_stand_in
