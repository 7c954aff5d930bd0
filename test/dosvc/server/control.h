// SPDX-License-Identifier: MIT
//
// The control interface, as proxies/control.idl has it, and its class.
#pragma once

#include <windows.h>

#include "com/iid.h"

namespace dosvc_stand_in {

struct IStandInControl : IUnknown {
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

namespace dosvc::abi {

template <>
struct IidOf<dosvc_stand_in::IStandInControl> {
  static constexpr IID value = {
      0x6c0b4a52, 0x9b1f, 0x4e0a, {0x8f, 0x43, 0x2d, 0x5c, 0x7a, 0x9e, 0x61, 0xd0}};
};

}  // namespace dosvc::abi
