// SPDX-License-Identifier: MIT
//
// The proxies that are set: WinHTTP's own for the machine, and the user's.
// https://learn.microsoft.com/windows/win32/api/winhttp/nf-winhttp-winhttpgetieproxyconfigforcurrentuser

#include <windows.h>

#include <winhttp.h>

#include <memory>

#include "system/late_library.h"
#include "system/readings.h"

namespace dosvc::system {
namespace {

// Owns a string that WinHTTP allocated, and frees it even if there is no memory for a copy.
struct FreesGlobalMemory {
  void operator()(LPWSTR text) const noexcept { GlobalFree(text); }
};
using Text = std::unique_ptr<wchar_t, FreesGlobalMemory>;

}  // namespace

Outcome ReadProxies() {
  const LateLibrary library(L"winhttp.dll");
  const auto read_machine = library.Find<decltype(&WinHttpGetDefaultProxyConfiguration)>(
      "WinHttpGetDefaultProxyConfiguration");
  const auto read_user = library.Find<decltype(&WinHttpGetIEProxyConfigForCurrentUser)>(
      "WinHttpGetIEProxyConfigForCurrentUser");
  if (read_machine == nullptr || read_user == nullptr) return FailWith(ERROR_PROC_NOT_FOUND);
  WINHTTP_PROXY_INFO machine{};
  if (read_machine(&machine) == FALSE) return FailWith(GetLastError());
  const Text machine_proxy(machine.lpszProxy);
  const Text machine_bypass(machine.lpszProxyBypass);
  WINHTTP_CURRENT_USER_IE_PROXY_CONFIG user{};
  // An account without settings of its own has none.
  if (read_user(&user) == FALSE && GetLastError() != ERROR_FILE_NOT_FOUND) {
    return FailWith(GetLastError());
  }
  const Text user_proxy(user.lpszProxy);
  const Text user_bypass(user.lpszProxyBypass);
  const Text script(user.lpszAutoConfigUrl);
  return Done(Record{{"machine", TextOf(machine_proxy.get())},
                     {"user", TextOf(user_proxy.get())},
                     {"script", TextOf(script.get())},
                     {"autoDetect", user.fAutoDetect != FALSE}});
}

}  // namespace dosvc::system
