// SPDX-License-Identifier: MIT
//
// Maps each of our types to the SDK's counterpart, for the translation unit that is compiled
// against both. That unit names the pairs; every other type is its own counterpart.
#pragma once

#include <windows.h>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace conformance {

template <typename Type>
struct Counterpart {
  using As = Type;
};

template <typename Type>
using Theirs = typename Counterpart<Type>::As;

template <typename Type>
struct Counterpart<const Type> {
  using As = const Theirs<Type>;
};
template <typename Type>
struct Counterpart<Type*> {
  using As = Theirs<Type>*;
};
template <typename Type>
struct Counterpart<Type&> {
  using As = Theirs<Type>&;
};
template <typename Type, std::size_t kCount>
struct Counterpart<Type[kCount]> {
  using As = Theirs<Type>[kCount];
};
// On x86, which has more than one calling convention, the convention is part of the type.
template <typename Interface, typename Result, typename... Types>
struct Counterpart<Result (STDMETHODCALLTYPE Interface::*)(Types...)> {
  using As = Theirs<Result> (STDMETHODCALLTYPE Theirs<Interface>::*)(Theirs<Types>...);
};

template <typename Ours, typename Other>
inline constexpr bool kSame = std::is_same_v<Theirs<Ours>, Other>;

// In our declarations, a union inside a struct is unnamed.
template <typename Ours, typename Other>
inline constexpr bool kSameField =
    kSame<Ours, Other> ||
    (std::is_union_v<Ours> && std::is_union_v<Other> && sizeof(Ours) == sizeof(Other));

constexpr bool Equal(const GUID& left, const GUID& right) {
  for (int at = 0; at < 8; ++at) {
    if (left.Data4[at] != right.Data4[at]) return false;
  }
  return left.Data1 == right.Data1 && left.Data2 == right.Data2 && left.Data3 == right.Data3;
}

// Converts a Win32 code to an HRESULT, and leaves an HRESULT as it is.
constexpr unsigned long AsHresult(unsigned long code) {
  return code < 0x10000 ? 0x80070000 | code : code;
}

}  // namespace conformance
