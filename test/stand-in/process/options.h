// SPDX-License-Identifier: MIT
//
// The command line: the service's class and the folder of its jobs.
#pragma once

#include <windows.h>

#include <cstdint>
#include <string>
#include <vector>

namespace dosvc_stand_in {

struct Options {
  std::wstring command;      // "install", "stop", "uninstall", "work"; empty: run the service
  std::wstring clsid;        // of the manager, with braces
  std::wstring store;        // the folder of the jobs
  std::uint32_t gather = 0;  // a worker holds this many activations until all have arrived
  // Proxy DLLs to register and unregister with the service.
  std::vector<std::wstring> proxies;

  // Returns false for an unknown option, or an option without a value.
  static bool Parse(int count, wchar_t** arguments, Options& options);
};

// There is one service at a time, whatever its class.
constexpr wchar_t kServiceName[] = L"dosvc-stand-in";

}  // namespace dosvc_stand_in
