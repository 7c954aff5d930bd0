// SPDX-License-Identifier: MIT
//
// The interface identifier of each interface that we declare. `__uuidof` is no constant expression
// with mingw-w64, and the system's own declarations of the same interfaces must be able to stand
// beside ours in a test: so ours live in a namespace, with this trait.
#pragma once

#include <unknwn.h>
#include <windows.h>

namespace dosvc::abi {

template <typename Interface>
struct IidOf;

template <>
struct IidOf<IUnknown> {
  static constexpr IID value = {
      0x00000000, 0x0000, 0x0000, {0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};
};

template <typename Interface>
inline constexpr const IID& kIidOf = IidOf<Interface>::value;

}  // namespace dosvc::abi
