// SPDX-License-Identifier: MIT
//
// The job API's front door:
// https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager Delivery
// Optimization documents CreateJob and GetJob; the layout is that of BITS (Bits.Idl).
#pragma once

#include "jobs/job.h"

namespace dosvc::abi {

struct IEnumBackgroundCopyJobs : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE Next(ULONG celt,
                                         IBackgroundCopyJob** rgelt,
                                         ULONG* pceltFetched) = 0;
  virtual HRESULT STDMETHODCALLTYPE Skip(ULONG celt) = 0;
  virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
  virtual HRESULT STDMETHODCALLTYPE Clone(IEnumBackgroundCopyJobs** ppenum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCount(ULONG* puCount) = 0;
};
template <>
struct IidOf<IEnumBackgroundCopyJobs> {
  static constexpr IID value = {
      0x1af4f612, 0x3b71, 0x466f, {0x8f, 0x58, 0x7b, 0x6f, 0x73, 0xac, 0x57, 0xad}};
};

struct IBackgroundCopyManager : IUnknown {
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
template <>
struct IidOf<IBackgroundCopyManager> {
  static constexpr IID value = {
      0x5ce34c0d, 0x0dc9, 0x4c1f, {0x89, 0x7c, 0xda, 0xa1, 0xb7, 0x8c, 0xee, 0x7c}};
};

}  // namespace dosvc::abi
