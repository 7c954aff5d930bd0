// SPDX-License-Identifier: MIT
//
// The parameter types that rows support, and how each converts to or from a plain value. A
// parameter takes a value on the way in, gives one on the way out, or does neither (a count that
// comes from a list). A type that is not listed here does not compile, so a wrong row cannot exist.
// Annotated parameters are in annotations.h. [COM] throughout.
#pragma once

#include <oaidl.h>
#include <objbase.h>
#include <windows.h>

#include <string>
#include <type_traits>
#include <utility>

#include "com/call_context.h"
#include "com/iid.h"
#include "com/pointer.h"
#include "com/scalars.h"
#include "com/sink_guard.h"
#include "com/variant.h"

namespace dosvc::com {

// Converts a value to a struct: `bool Read(const Value&)`, then `Struct* get()`. `kShape` describes
// the value that it expects. Specialised beside the struct; owns what the struct points to.
template <typename Struct>
struct Reader;

// A string, wiped when the call is over. The service would read it only up to a NUL.
template <>
struct Reader<WCHAR> {
  static constexpr const char* kShape = "a string without NUL";

  Reader() = default;
  ~Reader() { Wipe(text_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool Read(const Value& value) {
    const auto* const text = value.As<std::u16string>();
    if (text == nullptr || text->find(u'\0') != std::u16string::npos) return false;
    text_ = *text;
    return true;
  }
  LPWSTR get() { return reinterpret_cast<LPWSTR>(text_.data()); }

 private:
  std::u16string text_;
};

// Reads null as a null pointer.
template <typename Pointee>
struct OrNull {
  static constexpr const char* kShape =
      std::is_same_v<Pointee, WCHAR> ? "a string without NUL, or null" : Reader<Pointee>::kShape;

  bool Read(const Value& value) {
    null_ = value.IsNull();
    return null_ || reader_.Read(value);
  }
  Pointee* get() { return null_ ? nullptr : reader_.get(); }

 private:
  bool null_ = true;
  Reader<Pointee> reader_;
};

// Reads a field into a scalar or a reader. False if the record has no such field.
template <typename Into>
bool ReadField(const Value& record, const char* name, Into* into) {
  const auto* const field = Find(record, name);
  if (field == nullptr) return false;
  if constexpr (kIsScalar<Into>) {
    return ReadScalar(*field, into);
  } else {
    return into->Read(*field);
  }
}

template <typename, typename = void>
inline constexpr bool kHasReader = false;
template <typename Struct>
inline constexpr bool kHasReader<Struct, std::void_t<decltype(sizeof(Reader<Struct>))>> = true;

// A `ToValue` beside the struct converts what a service has filled in.
template <typename, typename = void>
inline constexpr bool kHasToValue = false;
template <typename T>
inline constexpr bool kHasToValue<T, std::void_t<decltype(ToValue(std::declval<T&>()))>> = true;

// What a row does with a parameter: Take a value on the way in, Prepare for the call once every
// value is taken, and Give a value on the way out. A role that needs another parameter gets it too.
struct AnyParam {
  static constexpr bool kTakes = false;
  static constexpr bool kGives = false;

  template <typename... Any>
  bool Take(const Any&...) {
    return true;
  }
  template <typename... Any>
  bool Prepare(const Any&...) {
    return true;
  }
};
struct Takes : AnyParam {
  static constexpr bool kTakes = true;
};
struct Gives : AnyParam {
  static constexpr bool kGives = true;
};

// The parameter has no annotation.
struct Plain {};

template <typename T>
inline constexpr bool kAlwaysFalse = false;

template <typename T, typename Role, typename = void>
struct Param {
  static_assert(kAlwaysFalse<T>, "a parameter of this method needs an annotation");
};

template <typename T>
struct ScalarParam : Takes {
  static_assert(kIsScalar<T>, "32 or 64 bits");

  bool Take(const Value& given, CallContext& context) {
    return ReadScalar(given, &value) || context.Refuse(kScalarShape<T>);
  }
  const T& Pass() const { return value; }

  T value{};
};

template <typename T>
struct Param<T, Plain, std::enable_if_t<std::is_integral_v<T> || std::is_enum_v<T>>>
    : ScalarParam<T> {};
template <>
struct Param<const GUID&, Plain> : ScalarParam<GUID> {};

template <typename Pointee, typename Read = Reader<Pointee>>
struct PointerParam : Takes {
  bool Take(const Value& given, CallContext& context) {
    return reader_.Read(given) || context.Refuse(Read::kShape);
  }
  Pointee* Pass() { return reader_.get(); }

 private:
  Read reader_;
};

template <typename Pointee>
struct Param<const Pointee*, Plain, std::enable_if_t<kHasReader<Pointee>>> : PointerParam<Pointee> {
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

// Scalars, strings and structs that the service fills in.
template <typename T>
struct Param<T*, Plain, std::enable_if_t<!std::is_const_v<T> && kHasToValue<T>>> : Gives {
  static_assert(kIsScalar<T> || !std::is_arithmetic_v<T>, "32 or 64 bits");

  T* Pass() { return &value; }
  Value Give(CallContext&) { return ToValue(value); }

  T value{};
};

template <>
struct Param<VARIANT*, Plain> : Gives {
  VARIANT* Pass() { return variant_.get(); }
  Value Give(CallContext& context) { return variant_.Write(context); }

 private:
  const SinkReturn return_;
  OwnedVariant variant_;
};

template <typename Interface>
struct ObjectParam : Gives {
  Interface** Pass() { return value.GetAddressOf(); }

  ComPtr<Interface> value;
};

// An interface becomes a handle, and an enumerator becomes the list of its elements.
template <typename Interface>
struct Param<Interface**, Plain, std::enable_if_t<std::is_base_of_v<IUnknown, Interface>>>
    : ObjectParam<Interface> {
  static_assert(!std::is_same_v<Interface, IUnknown>, "an IUnknown needs an annotation");

  Value Give(CallContext& context) {
    if constexpr (kIsEnumerator<Interface>) {
      return context.Drain<Interface, ElementOf<Interface>>(std::move(this->value));
    } else {
      return context.Adopt(abi::kIidOf<Interface>, std::move(this->value));
    }
  }
};

}  // namespace dosvc::com
