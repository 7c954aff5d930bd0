// SPDX-License-Identifier: MIT
//
// What only Delivery Optimization's jobs and files have. No header or IDL of it was ever published;
// the declarations rest on
// https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob and the
// pages beside it.
#pragma once

#include <oaidl.h>

#include "com/iid.h"
#include "jobs/structs.h"

namespace dosvc::abi {

struct DOSwarmStats {
  LPWSTR fileId;
  LPWSTR sourceURL;
  UINT64 fileSize;
  UINT64 totalBytesDownloaded;
  UINT64 bytesFromLanPeers;
  UINT64 bytesFromGroupPeers;
  UINT64 bytesFromInternetPeers;
  UINT64 bytesFromHttp;
  UINT64 bytesFromDoinc;
  UINT64 bytesToLanPeers;
  UINT64 bytesToGroupPeers;
  UINT64 bytesToInternetPeers;
  UINT httpConnectionCount;
  UINT doincConnectionCount;
  UINT lanConnectionCount;
  UINT groupConnectionCount;
  UINT internetConnectionCount;
  UINT downloadDuration;
  DownloadMode downloadMode;
  SwarmStatus status;
  BOOL isBackground;
};

struct IDeliveryOptimizationJob : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE AddFileWithRanges(LPCWSTR fileId,
                                                      LPCWSTR remoteUrl,
                                                      LPCWSTR localName,
                                                      DWORD rangeCount,
                                                      BG_FILE_RANGE* ranges,
                                                      UINT64 fileSize) = 0;
};
template <>
struct IidOf<IDeliveryOptimizationJob> {
  static constexpr IID value = {
      0xee2584cf, 0xa69c, 0x4848, {0xb6, 0x33, 0x26, 0x49, 0x96, 0x2b, 0x3e, 0xf7}};
};

struct IDeliveryOptimizationJob2 : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE AddFile(LPCWSTR fileId,
                                            LPCWSTR remoteUrl,
                                            DWORD rangeCount,
                                            BG_FILE_RANGE* ranges,
                                            REFIID riid,
                                            void** object) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProperty(DOJobPropertyId propId, VARIANT* propValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetProperty(DOJobPropertyId propId,
                                                const VARIANT* propValue) = 0;
};
template <>
struct IidOf<IDeliveryOptimizationJob2> {
  static constexpr IID value = {
      0x18995a26, 0xbf59, 0x4abe, {0x9f, 0x8b, 0xd5, 0x09, 0x2d, 0x5a, 0x24, 0x05}};
};

struct IDeliveryOptimizationFile : IUnknown {};
template <>
struct IidOf<IDeliveryOptimizationFile> {
  static constexpr IID value = {
      0xb76b9699, 0xe99e, 0x4101, {0x80, 0x3f, 0xa2, 0x0e, 0x32, 0x5d, 0x93, 0xe2}};
};

struct IDeliveryOptimizationFile2 : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetProperty(DOFilePropertyId propId, VARIANT* propValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetProperty(DOFilePropertyId propId,
                                                const VARIANT* propValue) = 0;
};
template <>
struct IidOf<IDeliveryOptimizationFile2> {
  static constexpr IID value = {
      0x3a87296f, 0x6ec2, 0x4126, {0xab, 0x29, 0xe3, 0xf8, 0xdc, 0x4c, 0xc3, 0x90}};
};

}  // namespace dosvc::abi
