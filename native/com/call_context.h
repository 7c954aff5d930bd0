// SPDX-License-Identifier: MIT
//
// What a parameter needs of the call that it belongs to: a way to say what was wrong with an
// argument, and the engine that takes interfaces in. [COM] all of it.
#pragma once

#include <windows.h>

#include <array>
#include <type_traits>
#include <utility>

#include "com/blanket.h"
#include "com/com_engine.h"
#include "com/iid.h"
#include "core/value.h"

namespace dosvc::com {

// An enumerator is known by its Next; its elements are what Next yields.
template <typename Method>
struct NextOf;
template <typename Enumerator, typename Element>
struct NextOf<HRESULT (STDMETHODCALLTYPE Enumerator::*)(ULONG, Element**, ULONG*)> {
  using Type = Element;
};
template <typename Enumerator>
using ElementOf = typename NextOf<decltype(&Enumerator::Next)>::Type;

template <typename, typename = void>
inline constexpr bool kIsEnumerator = false;
template <typename Interface>
inline constexpr bool kIsEnumerator<Interface, std::void_t<decltype(&Interface::Next)>> = true;

class CallContext {
 public:
  CallContext(ComEngine& engine, Outcome& outcome) : engine_(engine), outcome_(outcome) {}

  // The argument that is being read, for Refuse.
  void At(std::size_t argument) { argument_ = argument; }
  // Always false: nothing will be sent.
  bool Refuse(const char* expected);
  // The method answered, but its result could not be read to the end.
  void FailResult(HRESULT hr, const char* detail = "");
  // It answered with success, and gave nothing where an object stands.
  void FailEmpty();

  // A handle for an interface that the service gave.
  Value Adopt(REFIID iid, ComPtr<IUnknown> proxy);
  template <typename Interface>
  Value Adopt(REFIID iid, ComPtr<Interface> proxy) {
    return Adopt(iid, Owner<IUnknown>(proxy.Detach()));
  }

  // Our own sink behind a handle, if it answers for the interface; empty otherwise.
  ComPtr<IUnknown> SinkOf(const Value& handle, REFIID iid);
  // What a service gives back where a sink may stand: null, 'ours' or 'foreign'.
  Value NameSink(IUnknown* unknown);

  // Everything an enumerator yields, as handles for the interface As.
  template <typename Enumerator, typename As>
  Value Drain(ComPtr<Enumerator> enumerator);

 private:
  template <typename As, typename Element>
  bool Append(List& list, ComPtr<Element> element);

  ComEngine& engine_;
  Outcome& outcome_;
  std::size_t argument_ = 0;
};

template <typename Enumerator, typename As>
Value CallContext::Drain(ComPtr<Enumerator> enumerator) {
  List list;
  if (!enumerator) {
    FailEmpty();
    return list;
  }
  HRESULT hr = SetBlanket(enumerator.Get());
  while (hr == S_OK) {
    using Element = ElementOf<Enumerator>;
    std::array<Element*, 32> raw{};
    ULONG fetched = 0;
    hr = enumerator->Next(static_cast<ULONG>(raw.size()), raw.data(), &fetched);
    if (FAILED(hr) || fetched == 0) break;
    // What was fetched is ours to release, also behind one that is wrong, and where memory ends.
    std::array<ComPtr<Element>, raw.size()> elements;
    for (std::size_t i = 0; i < fetched && i < raw.size(); ++i)
      *elements[i].GetAddressOf() = raw[i];
    for (std::size_t i = 0; i < fetched && i < raw.size() && SUCCEEDED(hr); ++i) {
      if (!Append<As>(list, std::move(elements[i]))) hr = E_FAIL;
    }
  }
  if (FAILED(hr)) FailResult(hr);
  return list;
}

template <typename As, typename Element>
bool CallContext::Append(List& list, ComPtr<Element> element) {
  if (!element) {
    FailEmpty();
    return false;
  }
  if constexpr (std::is_same_v<As, Element>) {
    list.push_back(Adopt(abi::kIidOf<As>, std::move(element)));
  } else {
    ComPtr<As> wanted;
    const HRESULT hr =
        element->QueryInterface(abi::kIidOf<As>, reinterpret_cast<void**>(wanted.GetAddressOf()));
    if (FAILED(hr)) {
      FailResult(hr);
      return false;
    }
    list.push_back(Adopt(abi::kIidOf<As>, std::move(wanted)));
  }
  return outcome_.stage == Stage::kCall;
}

}  // namespace dosvc::com
