// SPDX-License-Identifier: MIT
//
// The command line: under which class and where the service lives.
#pragma once

#include <windows.h>

#include <cstdint>
#include <string>
#include <vector>

namespace dosvc_stand_in {

struct Options {
  std::wstring command;      // "install", "stop", "uninstall", "work"; empty: the service
  std::wstring clsid;        // of the manager, with braces
  std::wstring store;        // the folder of the jobs
  std::uint32_t gather = 0;  // the activations that a worker holds until all have come
  // Proxies to be registered with it, and removed with it.
  std::vector<std::wstring> proxies;

  // Nothing that is not understood.
  static bool Parse(int count, wchar_t** arguments, Options& options);
};

// Whatever class it has, there is one at a time.
constexpr wchar_t kServiceName[] = L"dosvc-stand-in";

}  // namespace dosvc_stand_in
