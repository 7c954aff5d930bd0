// SPDX-License-Identifier: MIT
//
// A BITS job's HTTP options:
// https://learn.microsoft.com/windows/win32/api/bits2_5/nn-bits2_5-ibackgroundcopyjobhttpoptions
#pragma once

#include "com/iid.h"
#include "jobs/structs.h"

namespace dosvc::abi {

struct IBackgroundCopyJobHttpOptions : IUnknown {
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
template <>
struct IidOf<IBackgroundCopyJobHttpOptions> {
  static constexpr IID value = {
      0xf1bd1079, 0x9f01, 0x4bdc, {0x80, 0x36, 0xf0, 0x9b, 0x70, 0x09, 0x50, 0x66}};
};

struct IBackgroundCopyJobHttpOptions2 : IBackgroundCopyJobHttpOptions {
  virtual HRESULT STDMETHODCALLTYPE SetHttpMethod(LPCWSTR method) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetHttpMethod(LPWSTR* method) = 0;
};
template <>
struct IidOf<IBackgroundCopyJobHttpOptions2> {
  static constexpr IID value = {
      0xb591a192, 0xa405, 0x4fc3, {0x83, 0x23, 0x4c, 0x5c, 0x54, 0x25, 0x78, 0xfc}};
};

struct IBackgroundCopyJobHttpOptions3 : IBackgroundCopyJobHttpOptions2 {
  virtual HRESULT STDMETHODCALLTYPE
  SetServerCertificateValidationInterface(IUnknown* certValidationCallback) = 0;
  virtual HRESULT STDMETHODCALLTYPE MakeCustomHeadersWriteOnly() = 0;
};
template <>
struct IidOf<IBackgroundCopyJobHttpOptions3> {
  static constexpr IID value = {
      0x8a9263d3, 0xfd4c, 0x4eda, {0x9b, 0x28, 0x30, 0x13, 0x2a, 0x4d, 0x4e, 0x3c}};
};

}  // namespace dosvc::abi
