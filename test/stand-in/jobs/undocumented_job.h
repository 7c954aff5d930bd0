// SPDX-License-Identifier: MIT
//
// The methods of a job that Delivery Optimization does not document. Their slots exist because the
// vtable layout is that of BITS.
// DOC: IBackgroundCopyJob, Methods,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-
#pragma once

#include "jobs/delivery_optimization.h"
#include "jobs/job.h"
#include "stand-in/com/object.h"

namespace dosvc_stand_in {

class UndocumentedJob : public Object<dosvc::abi::IBackgroundCopyJob5,
                                      dosvc::abi::IDeliveryOptimizationJob,
                                      dosvc::abi::IDeliveryOptimizationJob2> {
 public:
  HRESULT STDMETHODCALLTYPE AddFileSet(ULONG, dosvc::abi::BG_FILE_INFO*) override {
    return Answer(L"IBackgroundCopyJob::AddFileSet", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE AddFile(LPCWSTR, LPCWSTR) override {
    return Answer(L"IBackgroundCopyJob::AddFile", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE GetOwner(LPWSTR*) override {
    return Answer(L"IBackgroundCopyJob::GetOwner", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE SetDisplayName(LPCWSTR) override {
    return Answer(L"IBackgroundCopyJob::SetDisplayName", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE SetDescription(LPCWSTR) override {
    return Answer(L"IBackgroundCopyJob::SetDescription", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE GetDescription(LPWSTR*) override {
    return Answer(L"IBackgroundCopyJob::GetDescription", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE SetMinimumRetryDelay(ULONG) override {
    return Answer(L"IBackgroundCopyJob::SetMinimumRetryDelay", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE GetMinimumRetryDelay(ULONG*) override {
    return Answer(L"IBackgroundCopyJob::GetMinimumRetryDelay", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE GetErrorCount(ULONG*) override {
    return Answer(L"IBackgroundCopyJob::GetErrorCount", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE SetProxySettings(dosvc::abi::BG_JOB_PROXY_USAGE,
                                             LPCWSTR,
                                             LPCWSTR) override {
    return Answer(L"IBackgroundCopyJob::SetProxySettings", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE GetProxySettings(dosvc::abi::BG_JOB_PROXY_USAGE*,
                                             LPWSTR*,
                                             LPWSTR*) override {
    return Answer(L"IBackgroundCopyJob::GetProxySettings", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE TakeOwnership() override {
    return Answer(L"IBackgroundCopyJob::TakeOwnership", [] { return E_NOTIMPL; });
  }

  // IBackgroundCopyJob2 to IBackgroundCopyJob4: no client gets these interfaces, but their slots
  // precede those of IBackgroundCopyJob5.
  HRESULT STDMETHODCALLTYPE SetNotifyCmdLine(LPCWSTR, LPCWSTR) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetNotifyCmdLine(LPWSTR*, LPWSTR*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetReplyProgress(dosvc::abi::BG_JOB_REPLY_PROGRESS*) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE GetReplyData(BYTE**, UINT64*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE SetReplyFileName(LPCWSTR) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetReplyFileName(LPWSTR*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE SetCredentials(dosvc::abi::BG_AUTH_CREDENTIALS*) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE RemoveCredentials(dosvc::abi::BG_AUTH_TARGET,
                                              dosvc::abi::BG_AUTH_SCHEME) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE ReplaceRemotePrefix(LPCWSTR, LPCWSTR) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE AddFileWithRanges(LPCWSTR,
                                              LPCWSTR,
                                              DWORD,
                                              dosvc::abi::BG_FILE_RANGE*) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE SetFileACLFlags(DWORD) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetFileACLFlags(DWORD*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE SetPeerCachingFlags(DWORD) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetPeerCachingFlags(DWORD*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetOwnerIntegrityLevel(ULONG*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetOwnerElevationState(BOOL*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE SetMaximumDownloadTime(ULONG) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetMaximumDownloadTime(ULONG*) override { return E_NOTIMPL; }
};

}  // namespace dosvc_stand_in
