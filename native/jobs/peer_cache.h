// SPDX-License-Identifier: MIT
//
// BITS' peer cache:
// https://learn.microsoft.com/windows/win32/api/bits3_0/nn-bits3_0-ibitspeercacheadministration
#pragma once

#include "com/iid.h"
#include "jobs/structs.h"

namespace dosvc::abi {

struct IBitsPeerCacheRecord : IUnknown {
  static constexpr Iid<IBitsPeerCacheRecord> kIid{"659cdeaf-489e-11d9-a9cd-000d56965251"};

  virtual HRESULT STDMETHODCALLTYPE GetId(GUID* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetOriginUrl(LPWSTR* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFileSize(UINT64* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFileModificationTime(FILETIME* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetLastAccessTime(FILETIME* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE IsFileValidated() = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFileRanges(DWORD* pRangeCount, BG_FILE_RANGE** ppRanges) = 0;
};

struct IEnumBitsPeerCacheRecords : IUnknown {
  static constexpr Iid<IEnumBitsPeerCacheRecords> kIid{"659cdea4-489e-11d9-a9cd-000d56965251"};

  virtual HRESULT STDMETHODCALLTYPE Next(ULONG celt,
                                         IBitsPeerCacheRecord** rgelt,
                                         ULONG* pceltFetched) = 0;
  virtual HRESULT STDMETHODCALLTYPE Skip(ULONG celt) = 0;
  virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
  virtual HRESULT STDMETHODCALLTYPE Clone(IEnumBitsPeerCacheRecords** ppenum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCount(ULONG* puCount) = 0;
};

struct IBitsPeer : IUnknown {
  static constexpr Iid<IBitsPeer> kIid{"659cdea2-489e-11d9-a9cd-000d56965251"};

  virtual HRESULT STDMETHODCALLTYPE GetPeerName(LPWSTR* pName) = 0;
  virtual HRESULT STDMETHODCALLTYPE IsAuthenticated(BOOL* pAuth) = 0;
  virtual HRESULT STDMETHODCALLTYPE IsAvailable(BOOL* pOnline) = 0;
};

struct IEnumBitsPeers : IUnknown {
  static constexpr Iid<IEnumBitsPeers> kIid{"659cdea5-489e-11d9-a9cd-000d56965251"};

  virtual HRESULT STDMETHODCALLTYPE Next(ULONG celt, IBitsPeer** rgelt, ULONG* pceltFetched) = 0;
  virtual HRESULT STDMETHODCALLTYPE Skip(ULONG celt) = 0;
  virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
  virtual HRESULT STDMETHODCALLTYPE Clone(IEnumBitsPeers** ppenum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCount(ULONG* puCount) = 0;
};

struct IBitsPeerCacheAdministration : IUnknown {
  static constexpr Iid<IBitsPeerCacheAdministration> kIid{"659cdead-489e-11d9-a9cd-000d56965251"};

  virtual HRESULT STDMETHODCALLTYPE GetMaximumCacheSize(DWORD* pBytes) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetMaximumCacheSize(DWORD Bytes) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetMaximumContentAge(ULONG* pSeconds) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetMaximumContentAge(ULONG Seconds) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetConfigurationFlags(DWORD* pFlags) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetConfigurationFlags(DWORD Flags) = 0;
  virtual HRESULT STDMETHODCALLTYPE EnumRecords(IEnumBitsPeerCacheRecords** ppEnum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetRecord(REFGUID id, IBitsPeerCacheRecord** ppRecord) = 0;
  virtual HRESULT STDMETHODCALLTYPE ClearRecords() = 0;
  virtual HRESULT STDMETHODCALLTYPE DeleteRecord(REFGUID id) = 0;
  virtual HRESULT STDMETHODCALLTYPE DeleteUrl(LPCWSTR url) = 0;
  virtual HRESULT STDMETHODCALLTYPE EnumPeers(IEnumBitsPeers** ppEnum) = 0;
  virtual HRESULT STDMETHODCALLTYPE ClearPeers() = 0;
  virtual HRESULT STDMETHODCALLTYPE DiscoverPeers() = 0;
};

}  // namespace dosvc::abi
