// SPDX-License-Identifier: MIT
//
// The interfaces that only Delivery Optimization's jobs and files have. Microsoft has published no
// header or IDL for them; the declarations rest on this documentation page and those beside it:
// https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob
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
  static constexpr Iid<IDeliveryOptimizationJob> kIid{"ee2584cf-a69c-4848-b633-2649962b3ef7"};

  virtual HRESULT STDMETHODCALLTYPE AddFileWithRanges(LPCWSTR fileId,
                                                      LPCWSTR remoteUrl,
                                                      LPCWSTR localName,
                                                      DWORD rangeCount,
                                                      BG_FILE_RANGE* ranges,
                                                      UINT64 fileSize) = 0;
};

struct IDeliveryOptimizationJob2 : IUnknown {
  static constexpr Iid<IDeliveryOptimizationJob2> kIid{"18995a26-bf59-4abe-9f8b-d5092d5a2405"};

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

struct IDeliveryOptimizationFile : IUnknown {
  static constexpr Iid<IDeliveryOptimizationFile> kIid{"b76b9699-e99e-4101-803f-a20e325d93e2"};
};

struct IDeliveryOptimizationFile2 : IUnknown {
  static constexpr Iid<IDeliveryOptimizationFile2> kIid{"3a87296f-6ec2-4126-ab29-e3f8dc4cc390"};

  virtual HRESULT STDMETHODCALLTYPE GetProperty(DOFilePropertyId propId, VARIANT* propValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetProperty(DOFilePropertyId propId,
                                                const VARIANT* propValue) = 0;
};

}  // namespace dosvc::abi
