// SPDX-License-Identifier: MIT
//
// The process's multithreaded apartment, in which all our proxies and sinks live.

#include <objbase.h>
#include <windows.h>

#include <array>
#include <cstddef>

#include "core/engine.h"
#include "core/thread.h"

namespace dosvc {
namespace {

// Held from before the first COM call and never released. When the last thread leaves the
// apartment, every proxy in it is disconnected (CO_E_OBJNOTCONNECTED), and pool threads come and
// go.
void HoldApartment() {
  static const HRESULT held = [] {
    CO_MTA_USAGE_COOKIE cookie = nullptr;
    return CoIncrementMTAUsage(&cookie);
  }();
  static_cast<void>(held);
}

}  // namespace

// [COM]
void RunThread(const std::function<void()>& work) {
  HoldApartment();
  const HRESULT hr = CoInitializeEx(nullptr, COINIT_MULTITHREADED | COINIT_DISABLE_OLE1DDE);
  work();
  if (SUCCEEDED(hr)) CoUninitialize();
}

// [any] Finds SetThreadDescription at run time: the first versions of Windows 10 lack it.
// https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-setthreaddescription
void NameThread(const char* name) {
  using SetDescription = HRESULT(WINAPI*)(HANDLE, PCWSTR);
  const auto kernel = GetModuleHandleW(L"kernelbase.dll");
  const auto found = kernel != nullptr ? GetProcAddress(kernel, "SetThreadDescription") : nullptr;
  if (found == nullptr) return;
  std::array<wchar_t, 16> wide{};
  for (std::size_t i = 0; i + 1 < wide.size() && name[i] != '\0'; ++i) {
    wide[i] = static_cast<wchar_t>(name[i]);
  }
  const auto set = reinterpret_cast<SetDescription>(reinterpret_cast<void*>(found));
  set(GetCurrentThread(), wide.data());
}

// [JS]
void PinModule() {
  HMODULE module = nullptr;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                     reinterpret_cast<LPCWSTR>(&PinModule),
                     &module);
}

}  // namespace dosvc
