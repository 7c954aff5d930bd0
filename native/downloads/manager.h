// SPDX-License-Identifier: MIT
//
// The download API's manager, its entry point:
// https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idomanager
#pragma once

#include "downloads/download.h"

namespace dosvc::abi {

struct IDOManager : IUnknown {
  static constexpr Iid<IDOManager> kIid{"400e2d4a-1431-4c1a-a748-39ca472cfdb1"};

  virtual HRESULT STDMETHODCALLTYPE CreateDownload(IDODownload** download) = 0;
  virtual HRESULT STDMETHODCALLTYPE EnumDownloads(const DO_DOWNLOAD_ENUM_CATEGORY* category,
                                                  IEnumUnknown** ppEnum) = 0;
};

}  // namespace dosvc::abi
