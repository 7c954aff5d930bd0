// SPDX-License-Identifier: MIT
//
// A BITS job's HTTP options:
// https://learn.microsoft.com/windows/win32/api/bits2_5/nn-bits2_5-ibackgroundcopyjobhttpoptions
#pragma once

#include "com/iid.h"
#include "jobs/structs.h"

namespace dosvc::abi {

struct IBackgroundCopyJobHttpOptions : IUnknown {
  static constexpr Iid<IBackgroundCopyJobHttpOptions> kIid{"f1bd1079-9f01-4bdc-8036-f09b70095066"};

  virtual HRESULT STDMETHODCALLTYPE SetClientCertificateByID(BG_CERT_STORE_LOCATION StoreLocation,
                                                             LPCWSTR StoreName,
                                                             BYTE* pCertHashBlob) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetClientCertificateByName(BG_CERT_STORE_LOCATION StoreLocation,
                                                               LPCWSTR StoreName,
                                                               LPCWSTR SubjectName) = 0;
  virtual HRESULT STDMETHODCALLTYPE RemoveClientCertificate() = 0;
  virtual HRESULT STDMETHODCALLTYPE GetClientCertificate(BG_CERT_STORE_LOCATION* pStoreLocation,
                                                         LPWSTR* pStoreName,
                                                         BYTE** ppCertHashBlob,
                                                         LPWSTR* pSubjectName) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetCustomHeaders(LPCWSTR RequestHeaders) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCustomHeaders(LPWSTR* pRequestHeaders) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetSecurityFlags(ULONG Flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetSecurityFlags(ULONG* pFlags) = 0;
};

struct IBackgroundCopyJobHttpOptions2 : IBackgroundCopyJobHttpOptions {
  static constexpr Iid<IBackgroundCopyJobHttpOptions2> kIid{"b591a192-a405-4fc3-8323-4c5c542578fc"};

  virtual HRESULT STDMETHODCALLTYPE SetHttpMethod(LPCWSTR method) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetHttpMethod(LPWSTR* method) = 0;
};

struct IBackgroundCopyJobHttpOptions3 : IBackgroundCopyJobHttpOptions2 {
  static constexpr Iid<IBackgroundCopyJobHttpOptions3> kIid{"8a9263d3-fd4c-4eda-9b28-30132a4d4e3c"};

  virtual HRESULT STDMETHODCALLTYPE
  SetServerCertificateValidationInterface(IUnknown* certValidationCallback) = 0;
  virtual HRESULT STDMETHODCALLTYPE MakeCustomHeadersWriteOnly() = 0;
};

}  // namespace dosvc::abi
