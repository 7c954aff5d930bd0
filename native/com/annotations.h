// SPDX-License-Identifier: MIT
//
// Annotations for what a parameter's C++ type cannot express. They mirror the IDL and address
// parameters by position, from 0. A row lists its annotations after its method:
//
//   In<i>           [in] through a non-const pointer
//   Opt<i...>       [unique]: may be null
//   InArray<n, i>   [in, size_is(n)]; the count comes from the list
//   OutArray<n, i>  [out, size_is(, *n)]; freed with CoTaskMemFree
//   Fixed<i, N>     N bytes, in or out
//   Tagged<t, i>    a union whose member the id in t selects
//   Sink<i, K>      in: our callback object for interface K; out: null, 'ours' or 'foreign'
//   As<i, I>        [out] an enumerator of IUnknown, whose elements are queried for I
//   OutAs<r, i, I>  REFIID riid, void** object, for interface I
//   Language<i>     a LANGID; null means the caller's user interface language
//   Empty<hr>       this HRESULT means an empty list
//   Nothing<hr>     this success code means null
//   Starts          starts the object's work
//   Halts           may overtake a call that hangs, but not a start that waits
//   Ends            may overtake every call that hangs or waits, because it is final
#pragma once

#include <windows.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

#include "com/params.h"
#include "com/sink.h"
#include "com/sink_guard.h"

namespace dosvc::com {

// What an annotation makes of a parameter.
namespace role {
// A role that needs another parameter: its value or its size.
template <std::size_t kOther>
struct Beside {
  static constexpr std::size_t kBeside = kOther;
};

struct InPointer {};
struct Optional {};
template <std::size_t kList>
struct CountIn : Beside<kList> {};
struct ArrayIn {};
struct CountOut {};
template <std::size_t kCount>
struct ArrayOut : Beside<kCount> {};
template <std::size_t kSize>
struct FixedBytes {};
template <std::size_t kTag>
struct TaggedBy : Beside<kTag> {};
template <typename Interface>
struct SinkFor {};
template <typename Interface>
struct AskedFor {};
template <typename Interface>
struct IidFor {};
template <typename Interface>
struct ObjectFor {};
struct LanguageId {};
}  // namespace role

// Gives the parameter at a position a role.
template <std::size_t kPosition, typename Role>
struct At {};

template <std::size_t kAt>
struct In : At<kAt, role::InPointer> {};
template <std::size_t... kAt>
struct Opt : At<kAt, role::Optional>... {};
template <std::size_t kCount, std::size_t kList>
struct InArray : At<kCount, role::CountIn<kList>>, At<kList, role::ArrayIn> {};
template <std::size_t kCount, std::size_t kList>
struct OutArray : At<kCount, role::CountOut>, At<kList, role::ArrayOut<kCount>> {};
template <std::size_t kAt, std::size_t kSize>
struct Fixed : At<kAt, role::FixedBytes<kSize>> {};
template <std::size_t kTag, std::size_t kAt>
struct Tagged : At<kAt, role::TaggedBy<kTag>> {};
template <std::size_t kAt, typename Interface>
struct Sink : At<kAt, role::SinkFor<Interface>> {};
template <std::size_t kAt, typename Interface>
struct As : At<kAt, role::AskedFor<Interface>> {};
template <std::size_t kIid, std::size_t kAt, typename Interface>
struct OutAs : At<kIid, role::IidFor<Interface>>, At<kAt, role::ObjectFor<Interface>> {};
template <std::size_t kAt>
struct Language : At<kAt, role::LanguageId> {};
template <HRESULT kHresult>
struct Empty {};
template <HRESULT kHresult>
struct Nothing {};
struct Starts {};
struct Halts {};
struct Ends {};

template <typename Pointee>
struct Param<const Pointee*, role::Optional> : PointerParam<Pointee, OrNull<Pointee>> {};
template <typename Struct>
struct Param<Struct*, role::InPointer> : PointerParam<Struct> {};

// A list and its count.
template <typename T, std::size_t kList>
struct Param<T, role::CountIn<kList>> : AnyParam {
  template <typename ListParam>
  bool Prepare(CallContext&, const ListParam& list) {
    value_ = static_cast<T>(list.size());
    return true;
  }
  T Pass() const { return value_; }

 private:
  T value_ = 0;
};
template <typename T>
struct Param<T*, role::ArrayIn> : Takes {
  using Element = std::remove_const_t<T>;

  bool Take(const Value& given, CallContext& context) {
    const auto* const list = given.As<List>();
    if (list == nullptr) return context.Refuse("a list");
    readers_ = std::vector<Reader<Element>>(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (!readers_[i].Read((*list)[i])) return context.Refuse(Reader<Element>::kShape);
      elements_.push_back(*readers_[i].get());
    }
    return true;
  }
  T* Pass() { return elements_.empty() ? nullptr : elements_.data(); }
  std::size_t size() const { return elements_.size(); }

 private:
  std::vector<Reader<Element>> readers_;  // own what the elements point to
  std::vector<Element> elements_;
};
template <typename T>
struct Param<T*, role::CountOut> : AnyParam {
  T* Pass() { return &value; }

  T value = 0;
};
template <typename T, std::size_t kCount>
struct Param<T**, role::ArrayOut<kCount>> : Gives {
  T** Pass() { return &elements_; }
  template <typename CountParam>
  Value Give(CallContext&, const CountParam& count) {
    const TaskMemory<T> owner(elements_);
    const auto size = static_cast<std::size_t>(elements_ != nullptr ? count.value : 0);
    if constexpr (std::is_same_v<T, BYTE>) {
      return Bytes(elements_, elements_ + size);
    } else {
      List list;
      for (std::size_t i = 0; i < size; ++i) list.push_back(ToValue(elements_[i]));
      return Value(std::move(list));
    }
  }

 private:
  T* elements_ = nullptr;
};

template <std::size_t kSize>
struct Param<BYTE*, role::FixedBytes<kSize>> : Takes {
  bool Take(const Value& given, CallContext& context) {
    const auto* const bytes = given.As<Bytes>();
    if (bytes == nullptr || bytes->size() != kSize) return context.Refuse("bytes of fixed length");
    std::copy(bytes->begin(), bytes->end(), bytes_);
    return true;
  }
  BYTE* Pass() { return bytes_; }

 private:
  BYTE bytes_[kSize] = {};
};
template <std::size_t kSize>
struct Param<BYTE**, role::FixedBytes<kSize>> : Gives {
  BYTE** Pass() { return &bytes_; }
  Value Give(CallContext&) {
    const TaskMemory<BYTE> owner(bytes_);
    return bytes_ != nullptr ? Value(Bytes(bytes_, bytes_ + kSize)) : Value();
  }

 private:
  BYTE* bytes_ = nullptr;
};

// A union, beside which `WithMember(id, value, use)` calls `use` with the member that the id
// selects and returns what it returns, or false if the id selects none.
template <typename T, std::size_t kTag>
struct Param<T, role::TaggedBy<kTag>, std::enable_if_t<!std::is_pointer_v<T>>> : Takes {
  template <typename TagParam>
  bool Take(const Value& given, CallContext& context, const TagParam& tag) {
    const auto read = [&](auto& member) {
      if constexpr (kIsScalar<std::decay_t<decltype(member)>>) {
        return ReadScalar(given, &member);
      } else {
        const bool fits = string_.Read(given);
        member = string_.get();
        return fits;
      }
    };
    return WithMember(tag.value, value_, read) || context.Refuse("of the property's type");
  }
  T Pass() const { return value_; }

 private:
  Reader<WCHAR> string_;
  T value_{};
};
template <typename T, std::size_t kTag>
struct Param<T*, role::TaggedBy<kTag>> : Gives {
  // The proxy could not marshal a union that has no member for the id.
  template <typename TagParam>
  bool Prepare(CallContext& context, const TagParam& tag) {
    context.At(kTag);
    return WithMember(tag.value, value_, [](auto&) { return true; }) ||
           context.Refuse("the id of a property");
  }
  T* Pass() { return &value_; }
  template <typename TagParam>
  Value Give(CallContext&, const TagParam& tag) {
    Value given;
    WithMember(tag.value, value_, [&](auto& member) {
      given = ToValue(member);
      return true;
    });
    return given;
  }

 private:
  T value_{};
};

template <typename Interface>
struct Param<IUnknown*, role::SinkFor<Interface>> : Takes {
  bool Take(const Value& given, CallContext& context) {
    if (given.IsNull()) return true;
    sink_ = context.SinkOf(given, abi::kIidOf<Interface>);
    return sink_ || context.Refuse("the handle of a sink, or null");
  }
  IUnknown* Pass() const { return sink_.Get(); }

 private:
  ComPtr<IUnknown> sink_;
};
template <typename Interface>
struct Param<IUnknown**, role::SinkFor<Interface>> : Gives {
  IUnknown** Pass() { return sink_.GetAddressOf(); }
  Value Give(CallContext& context) { return context.IdentifySink(sink_.Get()); }

 private:
  const SinkReturn return_;
  ComPtr<IUnknown> sink_;
};

template <typename Enumerator, typename Interface>
struct Param<Enumerator**, role::AskedFor<Interface>> : ObjectParam<Enumerator> {
  static_assert(kIsEnumerator<Enumerator>, "As is for enumerators of IUnknown");

  Value Give(CallContext& context) {
    return context.Drain<Enumerator, Interface>(std::move(this->value));
  }
};

// Null is resolved here: the service runs as another user, and LANG_NEUTRAL would mean that user's
// language.
template <>
struct Param<DWORD, role::LanguageId> : ScalarParam<DWORD> {
  bool Take(const Value& given, CallContext& context) {
    if (given.IsNull()) value = GetUserDefaultUILanguage();
    return given.IsNull() || ReadScalar(given, &value) || context.Refuse("a LANGID or null");
  }
};

template <typename Interface>
struct Param<REFIID, role::IidFor<Interface>> : AnyParam {
  REFIID Pass() const { return abi::kIidOf<Interface>; }
};
template <typename Interface>
struct Param<void**, role::ObjectFor<Interface>> : ObjectParam<IUnknown> {
  void** Pass() { return reinterpret_cast<void**>(value.GetAddressOf()); }
  Value Give(CallContext& context) {
    return context.Adopt(abi::kIidOf<Interface>, std::move(value));
  }
};

}  // namespace dosvc::com
