// SPDX-License-Identifier: MIT
//
// A job's error:
// https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyerror
#pragma once

#include "jobs/file.h"

namespace dosvc::abi {

struct IBackgroundCopyError : IUnknown {
  static constexpr Iid<IBackgroundCopyError> kIid{"19c613a0-fcb8-4f28-81ae-897c3d078f81"};

  virtual HRESULT STDMETHODCALLTYPE GetError(BG_ERROR_CONTEXT* pContext, HRESULT* pCode) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFile(IBackgroundCopyFile** pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetErrorDescription(DWORD LanguageId,
                                                        LPWSTR* pErrorDescription) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetErrorContextDescription(DWORD LanguageId,
                                                               LPWSTR* pContextDescription) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProtocol(LPWSTR* pProtocol) = 0;
};

}  // namespace dosvc::abi
