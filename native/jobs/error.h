// SPDX-License-Identifier: MIT
//
// A job's error:
// https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyerror
#pragma once

#include "jobs/file.h"

namespace dosvc::abi {

struct IBackgroundCopyError : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetError(BG_ERROR_CONTEXT* pContext, HRESULT* pCode) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFile(IBackgroundCopyFile** pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetErrorDescription(DWORD LanguageId,
                                                        LPWSTR* pErrorDescription) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetErrorContextDescription(DWORD LanguageId,
                                                               LPWSTR* pContextDescription) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProtocol(LPWSTR* pProtocol) = 0;
};
template <>
struct IidOf<IBackgroundCopyError> {
  static constexpr IID value = {
      0x19c613a0, 0xfcb8, 0x4f28, {0x81, 0xae, 0x89, 0x7c, 0x3d, 0x07, 0x8f, 0x81}};
};

}  // namespace dosvc::abi
