// SPDX-License-Identifier: MIT

#include "com/com_engine.h"

#include <objbase.h>

#include <iterator>
#include <utility>

#include "com/call_context.h"
#include "com/hooked_sink.h"
#include "com/registry.h"
#include "com/scalars.h"
#include "core/thread.h"

namespace dosvc {

std::shared_ptr<Engine> MakeEngine(const Channels& channels) {
  return std::make_shared<com::ComEngine>(channels);
}

namespace com {
namespace {

Outcome Refuse(Stage stage, HRESULT hr) { return Fail(stage, static_cast<std::uint32_t>(hr)); }

}  // namespace

// Arguments: the CLSID and the name of the manager's interface.
Outcome ComEngine::Connect(const List& arguments) {
  AssertOn(Thread::kCom);
  CLSID clsid{};
  const auto* const name = arguments.size() < 2 ? nullptr : arguments[1].As<std::u16string>();
  const auto* const iid = name != nullptr ? Registry::Get().FindInterface(ToAscii(*name)) : nullptr;
  if (iid == nullptr || !ReadScalar(arguments[0], &clsid)) {
    return Refuse(Stage::kArgument, E_INVALIDARG);
  }

  ComPtr<IUnknown> manager;
  HRESULT hr = CoCreateInstance(
      clsid, nullptr, CLSCTX_LOCAL_SERVER, *iid, reinterpret_cast<void**>(manager.GetAddressOf()));
  if (FAILED(hr)) return Refuse(Stage::kActivation, hr);
  std::shared_ptr<ComObject> object;
  hr = Adopt(*iid, std::move(manager), &object);
  if (FAILED(hr)) return Refuse(Stage::kActivation, hr);
  Outcome outcome;
  outcome.value = ObjectRef(std::move(object));
  return outcome;
}

Outcome ComEngine::Run(const ObjectRef& object, Call& call) {
  auto target = std::dynamic_pointer_cast<ComObject>(object);
  if (!target) return Refuse(Stage::kInterface, E_NOINTERFACE);
  const auto& row = static_cast<const ComMethod&>(*call.method);
  if (!call.loan.sink) return CallFor(*target, row, call.arguments, nullptr);
  auto* const sink = dynamic_cast<HookedSink*>(call.loan.sink.get());
  if (sink == nullptr || sink->strand() != target->strand())
    return Refuse(Stage::kArgument, E_INVALIDARG);
  return sink->SetLoan(std::move(target), call);
}

Outcome ComEngine::CallFor(ComObject& object,
                           const ComMethod& row,
                           List& arguments,
                           IUnknown* sink) {
  AssertOn(Thread::kCom);
  ComPtr<IUnknown> proxy;
  const HRESULT hr = object.Query(*row.iid, &proxy);
  if (FAILED(hr)) return Refuse(Stage::kInterface, hr);
  Outcome outcome;
  CallContext context(*this, outcome, sink);
  row.run(proxy.Get(), arguments, context, outcome);
  return outcome;
}

void ComEngine::Unite(const ObjectRef& object, const std::u16string& key) {
  std::lock_guard<Mutex> lock(mu_);
  if (strands_.size() >= sweep_at_) {
    for (auto each = strands_.begin(); each != strands_.end();) {
      each = each->second.expired() ? strands_.erase(each) : std::next(each);
    }
    sweep_at_ = 2 * strands_.size() + 64;
  }
  auto& known = strands_[key];
  const auto strand = known.lock();
  if (strand) {
    if (strand != object->strand()) object->MoveTo(strand);
  } else {
    known = object->strand();
  }
}

// From now on the object is found by its new identity, and no longer by the old one, because a new
// proxy may be allocated at the old address.
void ComEngine::Renew(const ObjectRef& object, const ObjectRef& source) {
  AssertOn(Thread::kCom);
  const auto target = std::dynamic_pointer_cast<ComObject>(object);
  const auto from = std::dynamic_pointer_cast<ComObject>(source);
  if (!target || !from) return;
  const auto left = target->Renew(*from);
  std::lock_guard<Mutex> lock(mu_);
  const auto found = objects_.find(left.Get());
  if (found != objects_.end() && found->second.lock() == target) objects_.erase(found);
  objects_[target->identity().Get()] = target;
}

ObjectRef ComEngine::Subscribe(Subscription subscription) {
  return MakeSink(shared_from_this(), std::move(subscription));
}

HRESULT ComEngine::Adopt(REFIID iid, ComPtr<IUnknown> proxy, std::shared_ptr<ComObject>* object) {
  if (!proxy) return E_UNEXPECTED;
  ComPtr<IUnknown> identity;
  const HRESULT hr = proxy.As(&identity);
  if (FAILED(hr)) return hr;
  {
    std::lock_guard<Mutex> lock(mu_);
    auto& known = objects_[identity.Get()];
    *object = known.lock();
    if (*object == nullptr) {
      *object = MakeObject<ComObject>(channels_.live_objects, shared_from_this(), identity);
      known = *object;
    }
  }
  return (*object)->AddProxy(identity.Get(), iid, std::move(proxy));
}

void ComEngine::Forget(IUnknown* identity) {
  std::lock_guard<Mutex> lock(mu_);
  const auto found = objects_.find(identity);
  // The same identity may have arrived again in the meantime, for a new object.
  if (found != objects_.end() && found->second.expired()) objects_.erase(found);
}

void ComEngine::AddSink(IUnknown* sink) {
  std::lock_guard<Mutex> lock(mu_);
  sinks_.insert(sink);
}

void ComEngine::RemoveSink(IUnknown* sink) {
  std::lock_guard<Mutex> lock(mu_);
  sinks_.erase(sink);
}

bool ComEngine::IsSink(IUnknown* identity) {
  std::lock_guard<Mutex> lock(mu_);
  return sinks_.count(identity) != 0;
}

}  // namespace com
}  // namespace dosvc
