// SPDX-License-Identifier: MIT
//
// The download API's front door:
// https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idomanager
#pragma once

#include "downloads/download.h"

namespace dosvc::abi {

struct IDOManager : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE CreateDownload(IDODownload** download) = 0;
  virtual HRESULT STDMETHODCALLTYPE EnumDownloads(const DO_DOWNLOAD_ENUM_CATEGORY* category,
                                                  IEnumUnknown** ppEnum) = 0;
};
template <>
struct IidOf<IDOManager> {
  static constexpr IID value = {
      0x400e2d4a, 0x1431, 0x4c1a, {0xa7, 0x48, 0x39, 0xca, 0x47, 0x2c, 0xfd, 0xb1}};
};

}  // namespace dosvc::abi
