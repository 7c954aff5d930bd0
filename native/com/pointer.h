// SPDX-License-Identifier: MIT
//
// The smart pointer for COM references, from the SDK (mingw-w64 ships the same header).
#pragma once

#include <unknwn.h>
#include <windows.h>
#include <wrl/client.h>

namespace dosvc::com {

using Microsoft::WRL::ComPtr;

// Takes ownership of a reference without calling AddRef. Not `Attach`: mingw-w64's calls AddRef.
template <typename Interface>
ComPtr<Interface> TakeReference(Interface* counted) {
  ComPtr<Interface> pointer;
  *pointer.GetAddressOf() = counted;
  return pointer;
}

}  // namespace dosvc::com
