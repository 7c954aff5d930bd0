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
  virtual HRESULT STDMETHODCALLTYPE Start(const DO_DOWNLOAD_RANGES_INFO* ranges) = 0;
  virtual HRESULT STDMETHODCALLTYPE Pause() = 0;
  virtual HRESULT STDMETHODCALLTYPE Abort() = 0;
  virtual HRESULT STDMETHODCALLTYPE Finalize() = 0;
  virtual HRESULT STDMETHODCALLTYPE GetStatus(DO_DOWNLOAD_STATUS* status) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetProperty(DODownloadProperty propId, VARIANT* propVal) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetProperty(DODownloadProperty propId,
                                                const VARIANT* propVal) = 0;
};
template <>
struct IidOf<IDODownload> {
  static constexpr IID value = {
      0xfbbd7fc0, 0xc147, 0x4727, {0xa3, 0x8d, 0x82, 0x7e, 0xf0, 0x71, 0xee, 0x77}};
};

struct IDODownloadStatusCallback : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE OnStatusChange(IDODownload* download,
                                                   const DO_DOWNLOAD_STATUS* status) = 0;
};
template <>
struct IidOf<IDODownloadStatusCallback> {
  static constexpr IID value = {
      0xd166e8e3, 0xa90e, 0x4392, {0x8e, 0x87, 0x05, 0xe9, 0x96, 0xd3, 0x74, 0x7d}};
};

}  // namespace dosvc::abi
