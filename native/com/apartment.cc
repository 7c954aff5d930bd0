// SPDX-License-Identifier: MIT
//
// The process's multithreaded apartment, in which all our proxies and sinks live.

#include <objbase.h>
#include <windows.h>

#include "core/engine.h"

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

// [JS]
void PinModule() {
  HMODULE module = nullptr;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                     reinterpret_cast<LPCWSTR>(&PinModule),
                     &module);
}

}  // namespace dosvc
