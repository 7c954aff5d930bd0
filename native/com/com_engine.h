// SPDX-License-Identifier: MIT
//
// The engine that is COM: what one environment has of the services. Runs on the pool's threads.
#pragma once

#include <windows.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "com/com_object.h"
#include "com/guid.h"
#include "com/pointer.h"
#include "core/engine.h"
#include "core/sync.h"

namespace dosvc::jobs {
class JobFeed;
}

namespace dosvc::com {

class ComEngine : public Engine, public std::enable_shared_from_this<ComEngine> {
 public:
  explicit ComEngine(const Upward& upward) : upward_(upward) {}

  Outcome Connect(const List& arguments) override;
  Outcome Call(Object& object, const Method& method, List& arguments) override;
  ObjectRef Subscribe(SubscriptionId number,
                      const std::u16string& kind,
                      const ObjectRef& target,
                      const Value& options) override;
  void Unite(const ObjectRef& object, const std::u16string& key) override;
  void Renew(const ObjectRef& object, const ObjectRef& source) override;
  void Close() override;

  const Upward& upward() const { return upward_; }

  // [COM] Takes a proxy that came from the service into its object, with its blanket. On failure
  // the proxy is let go.
  HRESULT Adopt(REFIID iid, ComPtr<IUnknown> proxy, std::shared_ptr<ComObject>* object);
  // [COM] An object's last handle is gone.
  void Forget(IUnknown* identity);

  // Sinks that a service may hold: known by identity from their making to their end.
  void AddSink(IUnknown* sink);     // [any]
  void RemoveSink(IUnknown* sink);  // [any]
  bool IsSink(IUnknown* unknown);   // [COM]
  // A sink is being taken back from its service, which gives it back for that; or it is cut off,
  // and then there is nothing to take back. Never both at once: Wine's COM stops the process where
  // an object is cut off while it is on its way back. False where the sink is cut off.
  bool BeginWithdrawal(IUnknown* sink);  // [COM]
  void EndWithdrawal(IUnknown* sink);    // [COM]

  // [COM] The one feed of a job in this environment; made with the first subscription.
  std::shared_ptr<jobs::JobFeed> FeedOf(const GUID& job, const std::shared_ptr<ComObject>& object);
  void ForgetFeed(const GUID& job);  // [COM] Its feed is gone.

 private:
  ComPtr<IUnknown> CutNextSink();  // empty where there is none
  std::shared_ptr<jobs::JobFeed> KnownFeed(const GUID& job, std::shared_ptr<jobs::JobFeed> made);

  const Upward upward_;
  Mutex mu_;
  std::unordered_map<IUnknown*, std::weak_ptr<ComObject>> objects_;  // guarded by mu_
  std::map<std::u16string, std::weak_ptr<Kin>> kin_;                 // guarded by mu_
  std::size_t sweep_at_ = 64;  // guarded by mu_: how many of them until the dead are swept
  enum class SinkState { kIdle, kWithdrawing, kCut };
  std::map<IUnknown*, SinkState> sinks_;                          // guarded by mu_
  std::map<GUID, std::weak_ptr<jobs::JobFeed>, GuidLess> feeds_;  // guarded by mu_
};

}  // namespace dosvc::com
