// SPDX-License-Identifier: MIT
//
// What a parameter needs from the call that it belongs to: a way to report an invalid argument, and
// the engine that adopts interface pointers. [COM] throughout.
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

// An interface is an enumerator if it has a Next method; its elements are what Next returns.
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
  // `sink` is the sink that makes the call, or null.
  CallContext(ComEngine& engine, Outcome& outcome, IUnknown* sink)
      : engine_(engine), outcome_(outcome), sink_(sink) {}

  // Sets the position of the argument that is being read, for Refuse.
  void At(std::size_t argument) { argument_ = argument; }
  // Refuses the argument, so that nothing is sent. Always returns false.
  bool Refuse(const char* expected);
  // The method returned, but its result could not be read completely.
  void FailResult(HRESULT hr, const char* detail = "");
  // The method returned success, but null in place of an object.
  void FailEmpty();

  // Adopts an interface pointer that the service returned, for JavaScript to get a handle.
  Value Adopt(REFIID iid, ComPtr<IUnknown> proxy);
  template <typename Interface>
  Value Adopt(REFIID iid, ComPtr<Interface> proxy) {
    return Adopt(iid, TakeReference<IUnknown>(proxy.Detach()));
  }

  // Our own sink behind a handle, if it implements the interface; otherwise empty.
  ComPtr<IUnknown> SinkOf(const Value& handle, REFIID iid);
  // Names a sink that a service returned: null, 'ours' or 'foreign'; 'this' if it is the sink that
  // makes the call.
  Value IdentifySink(IUnknown* unknown);

  // All elements of an enumerator, as handles for the interface As.
  template <typename Enumerator, typename As>
  Value Drain(ComPtr<Enumerator> enumerator);

 private:
  template <typename As, typename Element>
  bool Append(List& list, ComPtr<Element> element);

  ComEngine& engine_;
  Outcome& outcome_;
  IUnknown* const sink_;
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
    // Own every fetched element first, so that all are released even if one is invalid or memory
    // runs out.
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
