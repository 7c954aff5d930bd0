// SPDX-License-Identifier: MIT
//
// The owner of a COM reference, from the SDK (mingw-w64 brings the same header).
#pragma once

#include <unknwn.h>
#include <windows.h>
#include <wrl/client.h>

namespace dosvc::com {

using Microsoft::WRL::ComPtr;

// The owner of a reference that was counted already. Not `Attach`: mingw-w64's counts once more.
template <typename Interface>
ComPtr<Interface> Owner(Interface* counted) {
  ComPtr<Interface> owner;
  *owner.GetAddressOf() = counted;
  return owner;
}

}  // namespace dosvc::com
