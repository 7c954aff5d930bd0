// SPDX-License-Identifier: MIT
//
// How numbers, flags, times, GUIDs and a service's strings convert to plain values and back,
// whether they are parameters, fields of a struct or members of a union. [COM] throughout.
#pragma once

#include <objbase.h>
#include <windows.h>

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>

#include "com/guid.h"
#include "core/value.h"

namespace dosvc::com {

// Whole numbers of 32 bits, enums, BOOL, UINT64 and GUID. BOOL is int and HRESULT is long, on every
// compiler for Windows.
template <typename T>
inline constexpr bool kIsScalar = std::is_same_v<T, GUID> || std::is_same_v<T, UINT64> ||
                                  (std::is_integral_v<T> && sizeof(T) == 4) || std::is_enum_v<T>;

// An unknown size, or "to the end", is all ones in COM and null in JavaScript.
inline constexpr UINT64 kAllOnes = std::numeric_limits<UINT64>::max();

// False if the value does not fit; the scalar is then unchanged. A 32-bit number may be signed or
// unsigned, because an HRESULT is unsigned in JavaScript.
template <typename T>
bool ReadScalar(const Value& value, T* scalar) {
  static_assert(kIsScalar<T>);
  if constexpr (std::is_same_v<T, BOOL>) {
    const auto* const flag = value.As<bool>();
    if (flag != nullptr) *scalar = *flag ? TRUE : FALSE;
    return flag != nullptr;
  } else if constexpr (std::is_same_v<T, GUID>) {
    const auto* const text = value.As<std::u16string>();
    const auto guid = text != nullptr ? ParseGuid<char16_t>(*text) : std::nullopt;
    if (guid) *scalar = *guid;
    return guid.has_value();
  } else {
    if constexpr (sizeof(T) == 8) {
      if (value.IsNull()) {
        *scalar = kAllOnes;
        return true;
      }
    }
    constexpr double kLeast = sizeof(T) == 8 ? 0 : -2147483648.0;
    constexpr double kMost = sizeof(T) == 8 ? 9007199254740991.0 : 4294967295.0;
    const auto* const number = value.As<double>();
    if (number == nullptr || std::floor(*number) != *number) return false;
    if (*number < kLeast || *number > kMost) return false;
    *scalar = static_cast<T>(static_cast<std::int64_t>(*number));
    return true;
  }
}

// What ReadScalar expects.
template <typename T>
inline constexpr const char* kScalarShape = std::is_same_v<T, BOOL>   ? "a boolean"
                                            : std::is_same_v<T, GUID> ? "a GUID"
                                            : sizeof(T) == 8 ? "a whole number from 0, or null"
                                                             : "a whole number of 32 bits";

inline Value Number(UINT64 number) {
  return number == kAllOnes ? Value() : Value(static_cast<double>(number));
}

template <typename T, typename = std::enable_if_t<std::is_integral_v<T> || std::is_enum_v<T>>>
Value ToValue(T scalar) {
  if constexpr (std::is_same_v<T, BOOL>) {
    return scalar != FALSE;
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<double>(static_cast<std::underlying_type_t<T>>(scalar));
  } else if constexpr (sizeof(T) == 8) {
    return Number(scalar);
  } else {
    return static_cast<double>(static_cast<std::uint32_t>(scalar));
  }
}

inline Value ToValue(const GUID& guid) { return FormatGuid(guid); }

// Milliseconds since 1970, or null if the time is not set.
inline Value ToValue(const FILETIME& time) {
  constexpr UINT64 kUnixEpoch = 116444736000000000;  // in units of 100 ns since 1601
  const UINT64 ticks = static_cast<UINT64>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
  if (ticks == 0) return {};
  return (static_cast<double>(ticks) - static_cast<double>(kUnixEpoch)) / 10000.0;
}

// Owns memory that the service allocated, and frees it even if there is no memory for a copy.
struct FreesTaskMemory {
  void operator()(void* memory) const noexcept { CoTaskMemFree(memory); }
};
template <typename T>
using TaskMemory = std::unique_ptr<T, FreesTaskMemory>;

// Copies a string that the service allocated, and frees it.
inline Value ToValue(LPWSTR string) {
  const TaskMemory<wchar_t> owner(string);
  if (string == nullptr) return {};
  return std::u16string(reinterpret_cast<const char16_t*>(string));
}

}  // namespace dosvc::com
