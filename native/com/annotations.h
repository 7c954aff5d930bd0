// SPDX-License-Identifier: MIT
//
// What a parameter's C++ type cannot say, by position from 0, mirroring the IDL. A row lists its
// annotations behind its method:
//
//   In<i>           a non-const pointer that goes in
//   Opt<i...>       [unique]: null allowed
//   InArray<n, i>   [size_is(n)] in; the list gives the count
//   OutArray<n, i>  [size_is(, *n)] out; freed with CoTaskMemFree
//   Fixed<i, N>     N bytes, in or out
//   Tagged<t, i>    a union chosen by the id in t
//   Sink<i, K>      our callback object for interface K in; out: null, 'ours' or 'foreign'
//   As<i, I>        an out typed IUnknown (or an enumerator of it): asked for I
//   OutAs<r, i, I>  REFIID riid, void** object
//   Language<i>     a LANGID; null is the language of the caller's user interface
//   Empty<hr>       this failure means an empty list
//   Starts          starts the object's work, and its success means that it started anew
//   Halts           may overtake a call that hangs, but nothing that starts
//   Ends            may overtake all that hangs or waits: it is final
//   Adds            its success gives the object more work
#pragma once

#include <windows.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "com/params.h"
#include "com/sink.h"

namespace dosvc::com {

// The role that an annotation gives the parameter at a position; void where it gives none.
namespace role {
struct InPointer {};
struct Optional {};
template <std::size_t kList>
struct CountIn {};
struct ArrayIn {};
template <std::size_t kList>
struct CountOut {};
template <std::size_t kCount>
struct ArrayOut {};
template <std::size_t kSize>
struct FixedBytes {};
template <std::size_t kTag>
struct TaggedBy {};
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

template <std::size_t kAt>
struct In {
  template <std::size_t kPosition>
  using Role = std::conditional_t<kPosition == kAt, role::InPointer, void>;
};
template <std::size_t... kAt>
struct Opt {
  template <std::size_t kPosition>
  using Role = std::conditional_t<((kPosition == kAt) || ...), role::Optional, void>;
};
template <std::size_t kCount, std::size_t kList>
struct InArray {
  template <std::size_t kPosition>
  using Role = std::conditional_t<kPosition == kCount,
                                  role::CountIn<kList>,
                                  std::conditional_t<kPosition == kList, role::ArrayIn, void>>;
};
template <std::size_t kCount, std::size_t kList>
struct OutArray {
  template <std::size_t kPosition>
  using Role =
      std::conditional_t<kPosition == kCount,
                         role::CountOut<kList>,
                         std::conditional_t<kPosition == kList, role::ArrayOut<kCount>, void>>;
};
template <std::size_t kAt, std::size_t kSize>
struct Fixed {
  template <std::size_t kPosition>
  using Role = std::conditional_t<kPosition == kAt, role::FixedBytes<kSize>, void>;
};
template <std::size_t kTag, std::size_t kAt>
struct Tagged {
  template <std::size_t kPosition>
  using Role = std::conditional_t<kPosition == kAt, role::TaggedBy<kTag>, void>;
};
template <std::size_t kAt, typename Interface>
struct Sink {
  template <std::size_t kPosition>
  using Role = std::conditional_t<kPosition == kAt, role::SinkFor<Interface>, void>;
};
template <std::size_t kAt, typename Interface>
struct As {
  template <std::size_t kPosition>
  using Role = std::conditional_t<kPosition == kAt, role::AskedFor<Interface>, void>;
};
template <std::size_t kIid, std::size_t kAt, typename Interface>
struct OutAs {
  template <std::size_t kPosition>
  using Role =
      std::conditional_t<kPosition == kIid,
                         role::IidFor<Interface>,
                         std::conditional_t<kPosition == kAt, role::ObjectFor<Interface>, void>>;
};
template <std::size_t kAt>
struct Language {
  template <std::size_t kPosition>
  using Role = std::conditional_t<kPosition == kAt, role::LanguageId, void>;
};
template <HRESULT kHresult>
struct Empty {
  template <std::size_t>
  using Role = void;
};
struct Starts {
  template <std::size_t>
  using Role = void;
};
struct Halts {
  template <std::size_t>
  using Role = void;
};
struct Ends {
  template <std::size_t>
  using Role = void;
};
struct Adds {
  template <std::size_t>
  using Role = void;
};

template <>
struct Param<LPCWSTR, role::Optional> : StringParam {
  Param() : StringParam(true) {}
};
template <typename Struct>
struct Param<const Struct*, role::Optional> : StructParam<Struct> {
  Param() : StructParam<Struct>(true) {}
};
template <typename Struct>
struct Param<Struct*, role::InPointer> : StructParam<Struct> {
  Param() : StructParam<Struct>(false) {}
};

// A list and its count. The row sets the count from the list.
template <typename T, std::size_t kList>
struct Param<T, role::CountIn<kList>> : Neither {
  T Pass() const { return value; }
  T value = 0;
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
template <typename T, std::size_t kList>
struct Param<T*, role::CountOut<kList>> : Neither {
  T* Pass() { return &value; }
  T value = 0;
};
template <typename T, std::size_t kCount>
struct Param<T**, role::ArrayOut<kCount>> : Gives {
  T** Pass() { return &elements_; }
  Value Give(CallContext&, UINT64 count) {
    const TaskMemory<T> owner(elements_);
    Value value;
    if constexpr (std::is_same_v<T, BYTE>) {
      value = elements_ != nullptr ? Bytes(elements_, elements_ + count) : Bytes();
    } else {
      List list;
      for (UINT64 i = 0; elements_ != nullptr && i < count; ++i) {
        list.push_back(Writer<T>::Write(elements_[i]));
      }
      value = std::move(list);
    }
    return value;
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

// `Union<T>` says, beside the union, which member an id chooses: `bool Has(id)`, `bool Read(id,
// value, T*)` and `Value Write(id, T&)`, which frees what the member owns.
template <typename T>
struct Union;

template <typename T, std::size_t kTag>
struct Param<T, role::TaggedBy<kTag>, std::enable_if_t<!std::is_pointer_v<T>>> : Takes {
  template <typename Tag>
  bool Take(const Value& given, CallContext& context, Tag tag) {
    return storage_.Read(tag, given, &value_) || context.Refuse("of the property's type");
  }
  T Pass() const { return value_; }

 private:
  Union<T> storage_;
  T value_{};
};
template <typename T, std::size_t kTag>
struct Param<T*, role::TaggedBy<kTag>> : Gives {
  template <typename Tag>
  bool Has(Tag tag) const {
    return Union<T>::Has(tag);
  }
  T* Pass() { return &value_; }
  template <typename Tag>
  Value Give(CallContext&, Tag tag) {
    return Union<T>::Write(tag, value_);
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
  Value Give(CallContext& context) { return context.NameSink(sink_.Get()); }

 private:
  ComPtr<IUnknown> sink_;
};

template <typename Enumerator, typename Interface>
struct Param<Enumerator**, role::AskedFor<Interface>> : Gives {
  static_assert(kIsEnumerator<Enumerator>, "As is for enumerators of IUnknown");

  Enumerator** Pass() { return value_.GetAddressOf(); }
  Value Give(CallContext& context) {
    return context.Drain<Enumerator, Interface>(std::move(value_));
  }

 private:
  ComPtr<Enumerator> value_;
};

// The service runs as another user, whose language LANG_NEUTRAL would be.
template <>
struct Param<DWORD, role::LanguageId> : Takes {
  bool Take(const Value& given, CallContext& context) {
    if (given.IsNull()) {
      value_ = GetUserDefaultUILanguage();
      return true;
    }
    return ReadNumber(given, &value_) || context.Refuse("a LANGID or null");
  }
  DWORD Pass() const { return value_; }

 private:
  DWORD value_ = 0;
};

template <typename Interface>
struct Param<REFIID, role::IidFor<Interface>> : Neither {
  REFIID Pass() const { return abi::kIidOf<Interface>; }
};
template <typename Interface>
struct Param<void**, role::ObjectFor<Interface>> : Gives {
  void** Pass() { return reinterpret_cast<void**>(value_.GetAddressOf()); }
  Value Give(CallContext& context) {
    return context.Adopt(abi::kIidOf<Interface>, std::move(value_));
  }

 private:
  ComPtr<IUnknown> value_;
};

}  // namespace dosvc::com
