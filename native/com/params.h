// SPDX-License-Identifier: MIT
//
// What one parameter of a COM method does with a plain value: the allow-list. A parameter takes a
// value on the way in, gives one on the way out, or does neither (a count that a list gives). What
// is not listed here does not compile, so that no wrong row exists. Annotated parameters are in
// annotations.h. [COM] all of it.
#pragma once

#include <oaidl.h>
#include <objbase.h>
#include <windows.h>

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>

#include "com/call_context.h"
#include "com/guid.h"
#include "com/iid.h"
#include "com/pointer.h"
#include "com/variant.h"

namespace dosvc::com {

// An unknown size, or "to the end", is all ones to the service and null to JavaScript.
inline constexpr UINT64 kAllOnes = std::numeric_limits<UINT64>::max();

// How a struct that a service fills in becomes a value: specialised beside the struct.
template <typename Struct>
struct Writer;

// How a struct goes in: `bool Read(Value&)`, then `Struct* get()`; `kShape` says what it expects.
// Specialised beside the struct; owns what the struct points to.
template <typename Struct>
struct Reader;

template <typename, typename = void>
inline constexpr bool kHasWriter = false;
template <typename Struct>
inline constexpr bool kHasWriter<Struct, std::void_t<decltype(sizeof(Writer<Struct>))>> = true;
template <typename, typename = void>
inline constexpr bool kHasReader = false;
template <typename Struct>
inline constexpr bool kHasReader<Struct, std::void_t<decltype(sizeof(Reader<Struct>))>> = true;

inline Value Number(UINT64 number) {
  return number == kAllOnes ? Value() : Value(static_cast<double>(number));
}

// Milliseconds since 1970, or null where the time is not set.
inline Value Milliseconds(const FILETIME& time) {
  constexpr UINT64 kUnixEpoch = 116444736000000000;  // in units of 100 ns since 1601
  const UINT64 ticks = static_cast<UINT64>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
  if (ticks == 0) return {};
  return (static_cast<double>(ticks) - static_cast<double>(kUnixEpoch)) / 10000.0;
}

// What the service allocated: freed, also where there is no memory for a copy.
struct FreesTaskMemory {
  void operator()(void* memory) const noexcept { CoTaskMemFree(memory); }
};
template <typename T>
using TaskMemory = std::unique_ptr<T, FreesTaskMemory>;

// A string that the service allocated; frees it.
inline Value TakeString(LPWSTR string) {
  const TaskMemory<wchar_t> owner(string);
  if (string == nullptr) return {};
  return std::u16string(reinterpret_cast<const char16_t*>(string));
}

// A text that goes in, wiped when the call is over.
struct OwnText {
  OwnText() = default;
  ~OwnText() { Wipe(text); }
  OwnText(const OwnText&) = delete;
  OwnText& operator=(const OwnText&) = delete;

  std::u16string text;
};

inline LPCWSTR Wide(const std::u16string& string) {
  return reinterpret_cast<LPCWSTR>(string.c_str());
}

// A whole number in the range of T; 32-bit numbers are taken signed and unsigned alike, because an
// HRESULT is unsigned in JavaScript.
template <typename T>
bool ReadNumber(const Value& value, T* number) {
  const auto* const given = value.As<double>();
  if (given == nullptr || std::floor(*given) != *given) return false;
  if constexpr (sizeof(T) == 4) {
    if (*given < -2147483648.0 || *given > 4294967295.0) return false;
    *number = static_cast<T>(static_cast<std::int64_t>(*given));
  } else {
    if (*given < 0 || *given > 9007199254740991.0) return false;
    *number = static_cast<T>(*given);
  }
  return true;
}

// The field of a record that is a size or an offset; null is all ones.
inline bool ReadSize(const Value* value, UINT64* number) {
  if (value == nullptr) return false;
  if (!value->IsNull()) return ReadNumber(*value, number);
  *number = kAllOnes;
  return true;
}

struct Takes {
  static constexpr bool kTakes = true;
  static constexpr bool kGives = false;
};
struct Gives {
  static constexpr bool kTakes = false;
  static constexpr bool kGives = true;
};
struct Neither {
  static constexpr bool kTakes = false;
  static constexpr bool kGives = false;
};

// The parameter has no annotation.
struct Plain {};

template <typename T>
inline constexpr bool kAlwaysFalse = false;

template <typename T, typename Role, typename = void>
struct Param {
  static_assert(kAlwaysFalse<T>, "a parameter of this method needs an annotation");
};

// Whole numbers: BOOL is int and HRESULT is long, on every compiler for Windows.
template <typename T>
struct Param<T, Plain, std::enable_if_t<std::is_integral_v<T> || std::is_enum_v<T>>> : Takes {
  static_assert(sizeof(T) == 4 || std::is_same_v<T, UINT64>, "32 or 64 bits");

  bool Take(const Value& given, CallContext& context) {
    if constexpr (std::is_same_v<T, BOOL>) {
      const auto* const flag = given.As<bool>();
      if (flag == nullptr) return context.Refuse("a boolean");
      value = *flag ? TRUE : FALSE;
      return true;
    } else if constexpr (std::is_enum_v<T>) {
      std::underlying_type_t<T> number = 0;
      if (!ReadNumber(given, &number)) return context.Refuse("a whole number of 32 bits");
      value = static_cast<T>(number);
      return true;
    } else if constexpr (sizeof(T) == 8) {
      return ReadSize(&given, &value) || context.Refuse("a whole number from 0, or null");
    } else {
      return ReadNumber(given, &value) || context.Refuse("a whole number of 32 bits");
    }
  }
  T Pass() const { return value; }

  T value{};
};

struct StringParam : Takes {
  explicit StringParam(bool optional) : optional_(optional) {}

  bool Take(const Value& given, CallContext& context) {
    null_ = given.IsNull() && optional_;
    if (null_) return true;
    const auto* const text = given.As<std::u16string>();
    if (text == nullptr) return context.Refuse(optional_ ? "a string or null" : "a string");
    if (text->find(u'\0') != std::u16string::npos) return context.Refuse("a string without NUL");
    own_.text = *text;
    return true;
  }
  LPCWSTR Pass() const { return null_ ? nullptr : Wide(own_.text); }

 private:
  const bool optional_;
  bool null_ = false;
  OwnText own_;
};

template <>
struct Param<LPCWSTR, Plain> : StringParam {
  Param() : StringParam(false) {}
};

template <>
struct Param<const GUID&, Plain> : Takes {
  bool Take(const Value& given, CallContext& context) {
    const auto* const text = given.As<std::u16string>();
    const auto guid = text != nullptr ? ParseGuid(*text) : std::nullopt;
    if (!guid) return context.Refuse("a GUID");
    value = *guid;
    return true;
  }
  const GUID& Pass() const { return value; }

  GUID value{};
};

template <>
struct Param<const VARIANT*, Plain> : Takes {
  bool Take(const Value& given, CallContext& context) {
    return variant_.Read(given, context) || context.Refuse("{ vt, value }");
  }
  const VARIANT* Pass() const { return variant_.get(); }

 private:
  OwnedVariant variant_;
};

template <typename Struct>
struct StructParam : Takes {
  explicit StructParam(bool optional) : optional_(optional) {}

  bool Take(const Value& given, CallContext& context) {
    null_ = given.IsNull() && optional_;
    if (null_) return true;
    return reader_.Read(given) || context.Refuse(Reader<Struct>::kShape);
  }
  Struct* Pass() { return null_ ? nullptr : reader_.get(); }

 private:
  const bool optional_;
  bool null_ = false;
  Reader<Struct> reader_;
};

template <typename Struct>
struct Param<const Struct*, Plain, std::enable_if_t<kHasReader<Struct>>> : StructParam<Struct> {
  Param() : StructParam<Struct>(false) {}
};

// Scalars and structs that the service fills in.
template <typename T>
struct Param<T*,
             Plain,
             std::enable_if_t<!std::is_const_v<T> && (std::is_integral_v<T> || std::is_enum_v<T> ||
                                                      kHasWriter<T>)>> : Gives {
  static_assert(kHasWriter<T> || sizeof(T) == 4 || std::is_same_v<T, UINT64>, "32 or 64 bits");

  T* Pass() { return &value; }
  Value Give(CallContext&) {
    if constexpr (kHasWriter<T>) {
      return Writer<T>::Write(value);
    } else if constexpr (std::is_same_v<T, BOOL>) {
      return value != FALSE;
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<double>(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (sizeof(T) == 8) {
      return Number(value);
    } else {
      return static_cast<double>(static_cast<std::uint32_t>(value));
    }
  }

  T value{};
};

template <>
struct Writer<GUID> {
  static Value Write(const GUID& guid) { return Spell(guid); }
};
template <>
struct Writer<FILETIME> {
  static Value Write(const FILETIME& time) { return Milliseconds(time); }
};

template <>
struct Param<LPWSTR*, Plain> : Gives {
  LPWSTR* Pass() { return &value_; }
  Value Give(CallContext&) { return TakeString(value_); }

 private:
  LPWSTR value_ = nullptr;
};

template <>
struct Param<VARIANT*, Plain> : Gives {
  VARIANT* Pass() { return variant_.get(); }
  Value Give(CallContext& context) { return variant_.Write(context); }

 private:
  OwnedVariant variant_;
};

// An interface comes as a handle, an enumerator as the list of what it yields.
template <typename Interface>
struct Param<Interface**, Plain, std::enable_if_t<std::is_base_of_v<IUnknown, Interface>>> : Gives {
  static_assert(!std::is_same_v<Interface, IUnknown>, "an IUnknown needs an annotation");

  Interface** Pass() { return value_.GetAddressOf(); }
  Value Give(CallContext& context) {
    if constexpr (kIsEnumerator<Interface>) {
      return context.Drain<Interface, ElementOf<Interface>>(std::move(value_));
    } else {
      return context.Adopt(abi::kIidOf<Interface>, std::move(value_));
    }
  }

 private:
  ComPtr<Interface> value_;
};

}  // namespace dosvc::com
