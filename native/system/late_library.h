// SPDX-License-Identifier: MIT
//
// A library of Windows that the addon loads only while it needs it, and whose functions a version
// of Windows may lack.
#pragma once

#include <windows.h>

namespace dosvc::system {

class LateLibrary {
 public:
  explicit LateLibrary(LPCWSTR name)
      : module_(LoadLibraryExW(name, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32)) {}
  ~LateLibrary() {
    if (module_ != nullptr) FreeLibrary(module_);
  }
  LateLibrary(const LateLibrary&) = delete;
  LateLibrary& operator=(const LateLibrary&) = delete;

  // Null if there is no such function.
  template <typename Function>
  Function Find(const char* name) const {
    const auto found = module_ != nullptr ? GetProcAddress(module_, name) : nullptr;
    return reinterpret_cast<Function>(reinterpret_cast<void*>(found));
  }

 private:
  const HMODULE module_;
};

}  // namespace dosvc::system
