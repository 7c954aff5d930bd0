// SPDX-License-Identifier: MIT
//
// BITS' peer cache:
// https://learn.microsoft.com/windows/win32/api/bits3_0/nn-bits3_0-ibitspeercacheadministration
#pragma once

#include "com/iid.h"
#include "jobs/structs.h"

namespace dosvc::abi {

struct IBitsPeerCacheRecord : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetId(GUID* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetOriginUrl(LPWSTR* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFileSize(UINT64* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFileModificationTime(FILETIME* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetLastAccessTime(FILETIME* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE IsFileValidated() = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFileRanges(DWORD* pRangeCount, BG_FILE_RANGE** ppRanges) = 0;
};
template <>
struct IidOf<IBitsPeerCacheRecord> {
  static constexpr IID value = {
      0x659cdeaf, 0x489e, 0x11d9, {0xa9, 0xcd, 0x00, 0x0d, 0x56, 0x96, 0x52, 0x51}};
};

struct IEnumBitsPeerCacheRecords : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE Next(ULONG celt,
                                         IBitsPeerCacheRecord** rgelt,
                                         ULONG* pceltFetched) = 0;
  virtual HRESULT STDMETHODCALLTYPE Skip(ULONG celt) = 0;
  virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
  virtual HRESULT STDMETHODCALLTYPE Clone(IEnumBitsPeerCacheRecords** ppenum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCount(ULONG* puCount) = 0;
};
template <>
struct IidOf<IEnumBitsPeerCacheRecords> {
  static constexpr IID value = {
      0x659cdea4, 0x489e, 0x11d9, {0xa9, 0xcd, 0x00, 0x0d, 0x56, 0x96, 0x52, 0x51}};
};

struct IBitsPeer : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetPeerName(LPWSTR* pName) = 0;
  virtual HRESULT STDMETHODCALLTYPE IsAuthenticated(BOOL* pAuth) = 0;
  virtual HRESULT STDMETHODCALLTYPE IsAvailable(BOOL* pOnline) = 0;
};
template <>
struct IidOf<IBitsPeer> {
  static constexpr IID value = {
      0x659cdea2, 0x489e, 0x11d9, {0xa9, 0xcd, 0x00, 0x0d, 0x56, 0x96, 0x52, 0x51}};
};

struct IEnumBitsPeers : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE Next(ULONG celt, IBitsPeer** rgelt, ULONG* pceltFetched) = 0;
  virtual HRESULT STDMETHODCALLTYPE Skip(ULONG celt) = 0;
  virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
  virtual HRESULT STDMETHODCALLTYPE Clone(IEnumBitsPeers** ppenum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCount(ULONG* puCount) = 0;
};
template <>
struct IidOf<IEnumBitsPeers> {
  static constexpr IID value = {
      0x659cdea5, 0x489e, 0x11d9, {0xa9, 0xcd, 0x00, 0x0d, 0x56, 0x96, 0x52, 0x51}};
};

struct IBitsPeerCacheAdministration : IUnknown {
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
template <>
struct IidOf<IBitsPeerCacheAdministration> {
  static constexpr IID value = {
      0x659cdead, 0x489e, 0x11d9, {0xa9, 0xcd, 0x00, 0x0d, 0x56, 0x96, 0x52, 0x51}};
};

}  // namespace dosvc::abi
