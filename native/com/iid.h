// SPDX-License-Identifier: MIT
//
// The identifier of each interface. An interface that we declare has its own as the member `kIid`,
// as its IDL begins with a uuid. `__uuidof` is not a constant expression with mingw-w64, and a test
// must be able to include the system's declarations of the same interfaces beside ours, so ours
// live in a namespace.
#pragma once

#include <objidl.h>
#include <unknwn.h>
#include <windows.h>

#include <string_view>

#include "com/guid.h"

namespace dosvc::abi {

// Text that is not a GUID does not compile. The type names the interface, so that one without an
// identifier does not silently have its base's.
template <typename Interface>
struct Iid : IID {
  constexpr explicit Iid(std::string_view text) : IID(com::ParseGuid(text).value()) {}
};

template <typename Interface>
inline constexpr Iid<Interface> kIidOf = Interface::kIid;

// The system's interfaces that we query or implement.
template <>
inline constexpr Iid<IUnknown> kIidOf<IUnknown>{"00000000-0000-0000-c000-000000000046"};
template <>
inline constexpr Iid<IStream> kIidOf<IStream>{"0000000c-0000-0000-c000-000000000046"};
template <>
inline constexpr Iid<ISequentialStream> kIidOf<ISequentialStream>{
    "0c733a30-2a1c-11ce-ade5-00aa0044773d"};

}  // namespace dosvc::abi
