// SPDX-License-Identifier: MIT
//
// The interface identifier of each interface that we declare. `__uuidof` is no constant expression
// with mingw-w64, and the system's own declarations of the same interfaces must be able to stand
// beside ours in a test: so ours live in a namespace, with this trait. It has the system's own that
// we ask for or implement, too.
#pragma once

#include <objidl.h>
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

template <>
struct IidOf<ISequentialStream> {
  static constexpr IID value = {
      0x0c733a30, 0x2a1c, 0x11ce, {0xad, 0xe5, 0x00, 0xaa, 0x00, 0x44, 0x77, 0x3d}};
};
template <>
struct IidOf<IStream> {
  static constexpr IID value = {
      0x0000000c, 0x0000, 0x0000, {0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};
};

template <typename Interface>
inline constexpr const IID& kIidOf = IidOf<Interface>::value;

}  // namespace dosvc::abi
