// SPDX-License-Identifier: MIT
//
// The control interface of proxies/control.idl, declared in C++, and its class.
#pragma once

#include <windows.h>

#include "com/iid.h"

namespace dosvc_stand_in {

struct IStandInControl : IUnknown {
  static constexpr dosvc::abi::Iid<IStandInControl> kIid{"6c0b4a52-9b1f-4e0a-8f43-2d5c7a9e61d0"};

  virtual HRESULT STDMETHODCALLTYPE SetFault(LPCWSTR method,
                                             DWORD kind,
                                             DWORD value,
                                             DWORD times) = 0;
  virtual HRESULT STDMETHODCALLTYPE LetGo() = 0;
  virtual HRESULT STDMETHODCALLTYPE SetSwitch(LPCWSTR name, DWORD value) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetForeign(REFGUID job, BOOL foreign) = 0;
  virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
  virtual HRESULT STDMETHODCALLTYPE Count(LPCWSTR name, UINT64* count) = 0;
  virtual HRESULT STDMETHODCALLTYPE RemoveJobs() = 0;
};

constexpr CLSID kControlClass = {
    0x6c0b4a52, 0x9b1f, 0x4e0a, {0x8f, 0x43, 0x2d, 0x5c, 0x7a, 0x9e, 0x61, 0xd3}};

}  // namespace dosvc_stand_in
