// SPDX-License-Identifier: MIT
//
// What can be read of the system, each by Windows' own functions and without administrator rights.
// None makes a COM call, and none starts a service. A failure is the HRESULT of the Win32 error.
#pragma once

#include <windows.h>

#include <string>

#include "core/value.h"

namespace dosvc::system {

// [COM] A text or a number under a key, such as 'HKLM\SOFTWARE\…', of the 64-bit registry. An empty
// name is the key's default value. Without a name: true if there is the key.
Outcome ReadRegistry(const std::u16string& key, const std::u16string* name);
// [COM] { startType, state } of a service, as numbers.
Outcome ReadService(const std::u16string& name);
// [COM] { session, interactive, administrator, systemAccount } of this process.
Outcome ReadSession();
// [COM] { line, battery, saver } as GetSystemPowerStatus gives them.
Outcome ReadPower();
// [COM] { level, cost, overLimit, roaming } as GetNetworkConnectivityHint gives them.
Outcome ReadNetwork();
// [COM] { machine, user, script, autoDetect }: the proxies of WinHTTP and of the user. They may
// have user information.
Outcome ReadProxies();

inline Outcome FailWith(DWORD error) {
  return {static_cast<std::uint32_t>(HRESULT_FROM_WIN32(error)), {}, Stage::kCall, false, {}};
}

inline Outcome Done(Value value) { return {0, std::move(value), Stage::kCall, false, {}}; }

// Null if the text is.
inline Value TextOf(LPCWSTR text) {
  if (text == nullptr) return {};
  return std::u16string(reinterpret_cast<const char16_t*>(text));
}

// NUL ends the text there, as for Windows itself.
inline LPCWSTR WideOf(const std::u16string& text) {
  return reinterpret_cast<LPCWSTR>(text.c_str());
}

}  // namespace dosvc::system
