// SPDX-License-Identifier: MIT

#include "com/com_engine.h"

#include <objbase.h>

#include <iterator>
#include <utility>

#include "com/call_context.h"
#include "com/guid.h"
#include "com/registry.h"
#include "core/thread.h"
#include "downloads/status_sink.h"
#include "downloads/stream_sink.h"
#include "jobs/certificate_sink.h"
#include "jobs/job_feed.h"
#include "jobs/job_subscription.h"

namespace dosvc {

std::shared_ptr<Engine> MakeEngine(const Upward& upward) {
  return std::make_shared<com::ComEngine>(upward);
}

namespace com {
namespace {

Outcome Fail(Stage stage, HRESULT hr) {
  Outcome outcome;
  outcome.stage = stage;
  outcome.hresult = static_cast<std::uint32_t>(hr);
  return outcome;
}

}  // namespace

// Arguments: the class id and the name of the manager's interface.
Outcome ComEngine::Connect(const List& arguments) {
  AssertOn(Thread::kCom);
  const auto* const class_id = arguments.empty() ? nullptr : arguments[0].As<std::u16string>();
  const auto* const name = arguments.size() < 2 ? nullptr : arguments[1].As<std::u16string>();
  const auto clsid = class_id != nullptr ? ParseGuid(*class_id) : std::nullopt;
  const auto* const iid = name != nullptr ? Registry::Get().FindInterface(Narrow(*name)) : nullptr;
  if (!clsid || iid == nullptr) return Fail(Stage::kArgument, E_INVALIDARG);

  ComPtr<IUnknown> manager;
  HRESULT hr = CoCreateInstance(
      *clsid, nullptr, CLSCTX_LOCAL_SERVER, *iid, reinterpret_cast<void**>(manager.GetAddressOf()));
  if (FAILED(hr)) return Fail(Stage::kActivation, hr);
  std::shared_ptr<ComObject> object;
  hr = Adopt(*iid, std::move(manager), &object);
  if (FAILED(hr)) return Fail(Stage::kActivation, hr);
  Outcome outcome;
  outcome.value = ObjectRef(std::move(object));
  return outcome;
}

Outcome ComEngine::Call(Object& object, const Method& method, List& arguments) {
  AssertOn(Thread::kCom);
  const auto& row = static_cast<const ComMethod&>(method);
  auto* const target = dynamic_cast<ComObject*>(&object);
  if (target == nullptr) return Fail(Stage::kInterface, E_NOINTERFACE);
  ComPtr<IUnknown> proxy;
  const HRESULT hr = target->Query(*row.iid, &proxy);
  if (FAILED(hr)) return Fail(Stage::kInterface, hr);
  Outcome outcome;
  CallContext context(*this, outcome);
  row.run(proxy.Get(), arguments, context, outcome);
  if (!Failed(outcome) && row.effect == Effect::kStarts) target->CountStarted();
  if (!Failed(outcome) && row.effect == Effect::kAdds) target->CountAdded();
  return outcome;
}

void ComEngine::Unite(const ObjectRef& object, const std::u16string& key) {
  const auto target = std::dynamic_pointer_cast<ComObject>(object);
  if (!target) return;
  std::lock_guard<Mutex> lock(mu_);
  if (kin_.size() >= sweep_at_) {
    for (auto each = kin_.begin(); each != kin_.end();) {
      each = each->second.expired() ? kin_.erase(each) : std::next(each);
    }
    sweep_at_ = 2 * kin_.size() + 64;
  }
  const auto [known, first] = kin_.emplace(key, target->kin());
  if (first) return;
  const auto kin = known->second.lock();
  if (!kin) {
    known->second = target->kin();
  } else if (kin != target->kin()) {
    target->Join(kin);
  }
}

// The object is found by its new identity from now on, and no more by the one that it leaves: a new
// proxy may come to stand at that address.
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

ObjectRef ComEngine::Subscribe(SubscriptionId number,
                               const std::u16string& kind,
                               const ObjectRef& target,
                               const Value& options) {
  const auto self = shared_from_this();
  if (kind == u"job") {
    auto job = std::dynamic_pointer_cast<ComObject>(target);
    return job ? jobs::SubscribeToJob(self, number, std::move(job), options) : nullptr;
  }
  if (kind == u"status") return downloads::MakeStatusSink(self, number);
  if (kind == u"stream") return downloads::MakeStreamSink(self, number, options);
  if (kind == u"certificate") return jobs::MakeCertificateSink(self, number);
  return nullptr;
}

// Local and at once: no service's call reaches what is left of the environment's sinks, whatever
// their strands are waiting for.
void ComEngine::Close() {
  AssertOn(Thread::kCom);
  while (const auto sink = CutNextSink()) CoDisconnectObject(sink.Get(), 0);
}

ComPtr<IUnknown> ComEngine::CutNextSink() {
  std::lock_guard<Mutex> lock(mu_);
  for (auto& [sink, state] : sinks_) {
    if (state != SinkState::kIdle) continue;
    state = SinkState::kCut;
    return ComPtr<IUnknown>(sink);
  }
  return {};
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
      *object = Own<ComObject>(upward_.census, shared_from_this(), identity);
      known = *object;
    }
  }
  return (*object)->Keep(identity.Get(), iid, std::move(proxy));
}

void ComEngine::Forget(IUnknown* identity) {
  std::lock_guard<Mutex> lock(mu_);
  const auto found = objects_.find(identity);
  // The same proxy may have come again meanwhile, for a new object.
  if (found != objects_.end() && found->second.expired()) objects_.erase(found);
}

void ComEngine::AddSink(IUnknown* sink) {
  std::lock_guard<Mutex> lock(mu_);
  sinks_.emplace(sink, SinkState::kIdle);
}

void ComEngine::RemoveSink(IUnknown* sink) {
  std::lock_guard<Mutex> lock(mu_);
  sinks_.erase(sink);
}

bool ComEngine::BeginWithdrawal(IUnknown* sink) {
  std::lock_guard<Mutex> lock(mu_);
  const auto found = sinks_.find(sink);
  if (found == sinks_.end() || found->second == SinkState::kCut) return false;
  found->second = SinkState::kWithdrawing;
  return true;
}

void ComEngine::EndWithdrawal(IUnknown* sink) {
  std::lock_guard<Mutex> lock(mu_);
  const auto found = sinks_.find(sink);
  if (found != sinks_.end()) found->second = SinkState::kIdle;
}

bool ComEngine::IsSink(IUnknown* unknown) {
  ComPtr<IUnknown> identity;
  if (FAILED(unknown->QueryInterface(abi::kIidOf<IUnknown>,
                                     reinterpret_cast<void**>(identity.GetAddressOf())))) {
    return false;
  }
  std::lock_guard<Mutex> lock(mu_);
  return sinks_.count(identity.Get()) != 0;
}

void ComEngine::ForgetFeed(const GUID& job) {
  std::lock_guard<Mutex> lock(mu_);
  const auto found = feeds_.find(job);
  if (found != feeds_.end() && found->second.expired()) feeds_.erase(found);
}

std::shared_ptr<jobs::JobFeed> ComEngine::FeedOf(const GUID& job,
                                                 const std::shared_ptr<ComObject>& object) {
  // Made without the lock, which its sink takes; the first one that is known counts.
  auto feed = KnownFeed(job, nullptr);
  return feed ? feed : KnownFeed(job, jobs::MakeJobFeed(shared_from_this(), job, object));
}

std::shared_ptr<jobs::JobFeed> ComEngine::KnownFeed(const GUID& job,
                                                    std::shared_ptr<jobs::JobFeed> made) {
  std::lock_guard<Mutex> lock(mu_);
  const auto found = feeds_.find(job);
  auto feed = found != feeds_.end() ? found->second.lock() : nullptr;
  if (feed || !made) return feed;
  feeds_[job] = made;
  return made;
}

}  // namespace com
}  // namespace dosvc
