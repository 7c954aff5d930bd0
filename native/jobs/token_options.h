// SPDX-License-Identifier: MIT
//
// A BITS job's helper token:
// https://learn.microsoft.com/windows/win32/api/bits4_0/nn-bits4_0-ibitstokenoptions
#pragma once

#include "com/iid.h"

namespace dosvc::abi {

struct IBitsTokenOptions : IUnknown {
  static constexpr Iid<IBitsTokenOptions> kIid{"9a2584c3-f7d2-457a-9a5e-22b67bffc7d2"};

  virtual HRESULT STDMETHODCALLTYPE SetHelperTokenFlags(DWORD UsageFlags) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetHelperTokenFlags(DWORD* pFlags) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetHelperToken() = 0;
  virtual HRESULT STDMETHODCALLTYPE ClearHelperToken() = 0;
  virtual HRESULT STDMETHODCALLTYPE GetHelperTokenSid(LPWSTR* pSid) = 0;
};

}  // namespace dosvc::abi
