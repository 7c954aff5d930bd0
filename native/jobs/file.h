// SPDX-License-Identifier: MIT
//
// A file of a job:
// https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile The layouts
// are those of Bits.Idl, bits2_0.idl, bits3_0.idl, bits4_0.idl, bits5_0.idl and bits10_1.idl.
#pragma once

#include "com/iid.h"
#include "jobs/structs.h"

namespace dosvc::abi {

struct IBackgroundCopyFile : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetRemoteName(LPWSTR* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetLocalName(LPWSTR* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProgress(BG_FILE_PROGRESS* pVal) = 0;
};
template <>
struct IidOf<IBackgroundCopyFile> {
  static constexpr IID value = {
      0x01b7bd23, 0xfb88, 0x4a77, {0x84, 0x90, 0x58, 0x91, 0xd3, 0xe4, 0x65, 0x3a}};
};

struct IEnumBackgroundCopyFiles : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE Next(ULONG celt,
                                         IBackgroundCopyFile** rgelt,
                                         ULONG* pceltFetched) = 0;
  virtual HRESULT STDMETHODCALLTYPE Skip(ULONG celt) = 0;
  virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
  virtual HRESULT STDMETHODCALLTYPE Clone(IEnumBackgroundCopyFiles** ppenum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCount(ULONG* puCount) = 0;
};
template <>
struct IidOf<IEnumBackgroundCopyFiles> {
  static constexpr IID value = {
      0xca51e165, 0xc365, 0x424c, {0x8d, 0x41, 0x24, 0xaa, 0xa4, 0xff, 0x3c, 0x40}};
};

struct IBackgroundCopyFile2 : IBackgroundCopyFile {
  virtual HRESULT STDMETHODCALLTYPE GetFileRanges(DWORD* RangeCount, BG_FILE_RANGE** Ranges) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetRemoteName(LPCWSTR Val) = 0;
};
template <>
struct IidOf<IBackgroundCopyFile2> {
  static constexpr IID value = {
      0x83e81b93, 0x0873, 0x474d, {0x8a, 0x8c, 0xf2, 0x01, 0x8b, 0x1a, 0x93, 0x9c}};
};

struct IBackgroundCopyFile3 : IBackgroundCopyFile2 {
  virtual HRESULT STDMETHODCALLTYPE GetTemporaryName(LPWSTR* pFilename) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetValidationState(BOOL state) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetValidationState(BOOL* pState) = 0;
  virtual HRESULT STDMETHODCALLTYPE IsDownloadedFromPeer(BOOL* pVal) = 0;
};
template <>
struct IidOf<IBackgroundCopyFile3> {
  static constexpr IID value = {
      0x659cdeaa, 0x489e, 0x11d9, {0xa9, 0xcd, 0x00, 0x0d, 0x56, 0x96, 0x52, 0x51}};
};

struct IBackgroundCopyFile4 : IBackgroundCopyFile3 {
  virtual HRESULT STDMETHODCALLTYPE GetPeerDownloadStats(UINT64* pFromOrigin,
                                                         UINT64* pFromPeers) = 0;
};
template <>
struct IidOf<IBackgroundCopyFile4> {
  static constexpr IID value = {
      0xef7e0655, 0x7888, 0x4960, {0xb0, 0xe5, 0x73, 0x08, 0x46, 0xe0, 0x34, 0x92}};
};

struct IBackgroundCopyFile5 : IBackgroundCopyFile4 {
  virtual HRESULT STDMETHODCALLTYPE SetProperty(BITS_FILE_PROPERTY_ID PropertyId,
                                                BITS_FILE_PROPERTY_VALUE PropertyValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProperty(BITS_FILE_PROPERTY_ID PropertyId,
                                                BITS_FILE_PROPERTY_VALUE* PropertyValue) = 0;
};
template <>
struct IidOf<IBackgroundCopyFile5> {
  static constexpr IID value = {
      0x85c1657f, 0xdafc, 0x40e8, {0x88, 0x34, 0xdf, 0x18, 0xea, 0x25, 0x71, 0x7e}};
};

struct IBackgroundCopyFile6 : IBackgroundCopyFile5 {
  virtual HRESULT STDMETHODCALLTYPE UpdateDownloadPosition(UINT64 offset) = 0;
  virtual HRESULT STDMETHODCALLTYPE RequestFileRanges(DWORD rangeCount,
                                                      const BG_FILE_RANGE* ranges) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFilledFileRanges(DWORD* rangeCount,
                                                        BG_FILE_RANGE** ranges) = 0;
};
template <>
struct IidOf<IBackgroundCopyFile6> {
  static constexpr IID value = {
      0xcf6784f7, 0xd677, 0x49fd, {0x93, 0x68, 0xcb, 0x47, 0xae, 0xe9, 0xd1, 0xad}};
};

}  // namespace dosvc::abi
