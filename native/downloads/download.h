// SPDX-License-Identifier: MIT
//
// A download:
// https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idodownload
#pragma once

#include <oaidl.h>

#include "com/iid.h"
#include "downloads/structs.h"

namespace dosvc::abi {

struct IDODownload : IUnknown {
  static constexpr Iid<IDODownload> kIid{"fbbd7fc0-c147-4727-a38d-827ef071ee77"};

  virtual HRESULT STDMETHODCALLTYPE Start(const DO_DOWNLOAD_RANGES_INFO* ranges) = 0;
  virtual HRESULT STDMETHODCALLTYPE Pause() = 0;
  virtual HRESULT STDMETHODCALLTYPE Abort() = 0;
  virtual HRESULT STDMETHODCALLTYPE Finalize() = 0;
  virtual HRESULT STDMETHODCALLTYPE GetStatus(DO_DOWNLOAD_STATUS* status) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProperty(DODownloadProperty propId, VARIANT* propVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetProperty(DODownloadProperty propId,
                                                const VARIANT* propVal) = 0;
};

struct IDODownloadStatusCallback : IUnknown {
  static constexpr Iid<IDODownloadStatusCallback> kIid{"d166e8e3-a90e-4392-8e87-05e996d3747d"};

  virtual HRESULT STDMETHODCALLTYPE OnStatusChange(IDODownload* download,
                                                   const DO_DOWNLOAD_STATUS* status) = 0;
};

}  // namespace dosvc::abi
