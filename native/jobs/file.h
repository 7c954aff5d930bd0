// SPDX-License-Identifier: MIT
//
// A file of a job. The layouts are those of Bits.Idl, bits2_0.idl, bits3_0.idl, bits4_0.idl,
// bits5_0.idl and bits10_1.idl.
// https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile
#pragma once

#include "com/iid.h"
#include "jobs/structs.h"

namespace dosvc::abi {

struct IBackgroundCopyFile : IUnknown {
  static constexpr Iid<IBackgroundCopyFile> kIid{"01b7bd23-fb88-4a77-8490-5891d3e4653a"};

  virtual HRESULT STDMETHODCALLTYPE GetRemoteName(LPWSTR* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetLocalName(LPWSTR* pVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProgress(BG_FILE_PROGRESS* pVal) = 0;
};

struct IEnumBackgroundCopyFiles : IUnknown {
  static constexpr Iid<IEnumBackgroundCopyFiles> kIid{"ca51e165-c365-424c-8d41-24aaa4ff3c40"};

  virtual HRESULT STDMETHODCALLTYPE Next(ULONG celt,
                                         IBackgroundCopyFile** rgelt,
                                         ULONG* pceltFetched) = 0;
  virtual HRESULT STDMETHODCALLTYPE Skip(ULONG celt) = 0;
  virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
  virtual HRESULT STDMETHODCALLTYPE Clone(IEnumBackgroundCopyFiles** ppenum) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetCount(ULONG* puCount) = 0;
};

struct IBackgroundCopyFile2 : IBackgroundCopyFile {
  static constexpr Iid<IBackgroundCopyFile2> kIid{"83e81b93-0873-474d-8a8c-f2018b1a939c"};

  virtual HRESULT STDMETHODCALLTYPE GetFileRanges(DWORD* RangeCount, BG_FILE_RANGE** Ranges) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetRemoteName(LPCWSTR Val) = 0;
};

struct IBackgroundCopyFile3 : IBackgroundCopyFile2 {
  static constexpr Iid<IBackgroundCopyFile3> kIid{"659cdeaa-489e-11d9-a9cd-000d56965251"};

  virtual HRESULT STDMETHODCALLTYPE GetTemporaryName(LPWSTR* pFilename) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetValidationState(BOOL state) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetValidationState(BOOL* pState) = 0;
  virtual HRESULT STDMETHODCALLTYPE IsDownloadedFromPeer(BOOL* pVal) = 0;
};

struct IBackgroundCopyFile4 : IBackgroundCopyFile3 {
  static constexpr Iid<IBackgroundCopyFile4> kIid{"ef7e0655-7888-4960-b0e5-730846e03492"};

  virtual HRESULT STDMETHODCALLTYPE GetPeerDownloadStats(UINT64* pFromOrigin,
                                                         UINT64* pFromPeers) = 0;
};

struct IBackgroundCopyFile5 : IBackgroundCopyFile4 {
  static constexpr Iid<IBackgroundCopyFile5> kIid{"85c1657f-dafc-40e8-8834-df18ea25717e"};

  virtual HRESULT STDMETHODCALLTYPE SetProperty(BITS_FILE_PROPERTY_ID PropertyId,
                                                BITS_FILE_PROPERTY_VALUE PropertyValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProperty(BITS_FILE_PROPERTY_ID PropertyId,
                                                BITS_FILE_PROPERTY_VALUE* PropertyValue) = 0;
};

struct IBackgroundCopyFile6 : IBackgroundCopyFile5 {
  static constexpr Iid<IBackgroundCopyFile6> kIid{"cf6784f7-d677-49fd-9368-cb47aee9d1ad"};

  virtual HRESULT STDMETHODCALLTYPE UpdateDownloadPosition(UINT64 offset) = 0;
  virtual HRESULT STDMETHODCALLTYPE RequestFileRanges(DWORD rangeCount,
                                                      const BG_FILE_RANGE* ranges) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetFilledFileRanges(DWORD* rangeCount,
                                                        BG_FILE_RANGE** ranges) = 0;
};

}  // namespace dosvc::abi
