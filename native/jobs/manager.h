// SPDX-License-Identifier: MIT
//
// The job API's manager, its entry point. Delivery Optimization documents CreateJob and GetJob; the
// layout is that of BITS (Bits.Idl).
// https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager
#pragma once

#include "jobs/job.h"

namespace dosvc::abi {

struct IEnumBackgroundCopyJobs : IUnknown {
  static constexpr Iid<IEnumBackgroundCopyJobs> kIid{"1af4f612-3b71-466f-8f58-7b6f73ac57ad"};

  virtual HRESULT STDMETHODCALLTYPE Next(ULONG celt,
                                         IBackgroundCopyJob** rgelt,
                                         ULONG* pceltFetched) = 0;
  virtual HRESULT STDMETHODCALLTYPE Skip(ULONG celt) = 0;
  virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
  virtual HRESULT STDMETHODCALLTYPE Clone(IEnumBackgroundCopyJobs** ppenum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCount(ULONG* puCount) = 0;
};

struct IBackgroundCopyManager : IUnknown {
  static constexpr Iid<IBackgroundCopyManager> kIid{"5ce34c0d-0dc9-4c1f-897c-daa1b78cee7c"};

  virtual HRESULT STDMETHODCALLTYPE CreateJob(LPCWSTR DisplayName,
                                              BG_JOB_TYPE Type,
                                              GUID* pJobId,
                                              IBackgroundCopyJob** ppJob) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetJob(REFGUID jobID, IBackgroundCopyJob** ppJob) = 0;
  virtual HRESULT STDMETHODCALLTYPE EnumJobs(DWORD dwFlags, IEnumBackgroundCopyJobs** ppEnum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetErrorDescription(HRESULT hResult,
                                                        DWORD LanguageId,
                                                        LPWSTR* pErrorDescription) = 0;
};

}  // namespace dosvc::abi
