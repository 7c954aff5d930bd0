// SPDX-License-Identifier: MIT

#include "stand-in/store/folder.h"

#include <windows.h>

namespace dosvc_stand_in {

void MakeFolder(const std::wstring& folder) {
  if (CreateDirectoryW(folder.c_str(), nullptr) || GetLastError() != ERROR_PATH_NOT_FOUND) return;
  const auto end = folder.find_last_of(L"\\/");
  if (end == std::wstring::npos) return;
  MakeFolder(folder.substr(0, end));
  CreateDirectoryW(folder.c_str(), nullptr);
}

}  // namespace dosvc_stand_in
