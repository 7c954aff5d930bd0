// SPDX-License-Identifier: MIT
//
// The owner of a COM reference, from the SDK (mingw-w64 brings the same header).
#pragma once

#include <unknwn.h>
#include <windows.h>
#include <wrl/client.h>

namespace dosvc::com {

using Microsoft::WRL::ComPtr;

}  // namespace dosvc::com
