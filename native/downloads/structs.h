// SPDX-License-Identifier: MIT
//
// The structures of the download API, as deliveryoptimization.idl lays them out.
#pragma once

#include <windows.h>

#include <type_traits>

#include "generated/enums.h"

namespace dosvc::abi {

struct DO_DOWNLOAD_RANGE {
  UINT64 Offset;
  UINT64 Length;
};

struct DO_DOWNLOAD_RANGES_INFO {
  UINT RangeCount;
  DO_DOWNLOAD_RANGE Ranges[1];
};

struct DO_DOWNLOAD_STATUS {
  UINT64 BytesTotal;
  UINT64 BytesTransferred;
  DODownloadState State;
  HRESULT Error;
  HRESULT ExtendedError;
};

struct DO_DOWNLOAD_ENUM_CATEGORY {
  DODownloadProperty Property;
  LPCWSTR Value;
};

}  // namespace dosvc::abi
