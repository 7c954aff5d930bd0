// SPDX-License-Identifier: MIT

#include "com/call_context.h"

#include <string>

#include "com/sink.h"

namespace dosvc::com {

bool CallContext::Refuse(const char* expected) {
  outcome_.hresult = static_cast<std::uint32_t>(E_INVALIDARG);
  outcome_.stage = Stage::kArgument;
  outcome_.detail = "argument " + std::to_string(argument_) + " must be " + expected;
  return false;
}

void CallContext::FailResult(HRESULT hr, const char* detail) {
  if (outcome_.stage == Stage::kResult) return;  // report the first failure
  outcome_.hresult = static_cast<std::uint32_t>(hr);
  outcome_.stage = Stage::kResult;
  outcome_.may_have_run = true;
  outcome_.detail = detail;
}

void CallContext::FailEmpty() {
  FailResult(E_UNEXPECTED, "The service answered with success and gave no object.");
}

Value CallContext::Adopt(REFIID iid, ComPtr<IUnknown> proxy) {
  if (!proxy) {
    FailEmpty();
    return {};
  }
  std::shared_ptr<ComObject> object;
  const HRESULT hr = engine_.Adopt(iid, std::move(proxy), &object);
  if (FAILED(hr)) {
    FailResult(hr);
    return {};
  }
  return ObjectRef(std::move(object));
}

ComPtr<IUnknown> CallContext::SinkOf(const Value& handle, REFIID iid) {
  const auto* const object = handle.As<ObjectRef>();
  const auto* const holder =
      object != nullptr ? dynamic_cast<const SinkHolder*>(object->get()) : nullptr;
  ComPtr<IUnknown> sink;
  if (holder != nullptr && holder->sink() != nullptr) {
    holder->sink()->QueryInterface(iid, reinterpret_cast<void**>(sink.GetAddressOf()));
  }
  return sink;
}

Value CallContext::IdentifySink(IUnknown* unknown) {
  if (unknown == nullptr) return {};
  ComPtr<IUnknown> identity;
  const HRESULT hr = unknown->QueryInterface(abi::kIidOf<IUnknown>,
                                             reinterpret_cast<void**>(identity.GetAddressOf()));
  if (SUCCEEDED(hr) && sink_ != nullptr && identity.Get() == sink_) return std::u16string(u"this");
  return std::u16string(SUCCEEDED(hr) && engine_.IsSink(identity.Get()) ? u"ours" : u"foreign");
}

}  // namespace dosvc::com
