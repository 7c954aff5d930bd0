// SPDX-License-Identifier: MIT
//
// The engine that calls the services through COM, one for each environment. Its calls run on the
// pool's threads.
#pragma once

#include <windows.h>

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "com/com_object.h"
#include "com/pointer.h"
#include "core/engine.h"
#include "core/sync.h"

namespace dosvc::com {

struct ComMethod;

class ComEngine : public Engine, public std::enable_shared_from_this<ComEngine> {
 public:
  explicit ComEngine(const Channels& channels) : channels_(channels) {}

  Outcome Connect(const List& arguments) override;
  Outcome Run(const ObjectRef& object, Call& call) override;
  ObjectRef Subscribe(Subscription subscription) override;
  void Unite(const ObjectRef& object, const std::u16string& key) override;
  void Renew(const ObjectRef& object, const ObjectRef& source) override;

  const Channels& channels() const { return channels_; }

  // [COM] Finds or creates the object for a proxy that came from the service, sets the proxy's
  // blanket and keeps it there. On failure the proxy is released.
  HRESULT Adopt(REFIID iid, ComPtr<IUnknown> proxy, std::shared_ptr<ComObject>* object);
  // [COM] An object is being destroyed: drops its identity from the table.
  void Forget(IUnknown* identity);

  // [COM] Calls a row. `sink` is the sink that makes the call, or null; if the service returns that
  // sink, the value is 'this'.
  Outcome CallFor(ComObject& object, const ComMethod& row, List& arguments, IUnknown* sink);

  // The sinks that a service may hold, by identity, for as long as their owners exist.
  void AddSink(IUnknown* sink);     // [any]
  void RemoveSink(IUnknown* sink);  // [any]
  bool IsSink(IUnknown* identity);  // [any]

 private:
  const Channels channels_;
  Mutex mu_;
  std::unordered_map<IUnknown*, std::weak_ptr<ComObject>> objects_;  // guarded by mu_
  std::map<std::u16string, std::weak_ptr<Strand>> strands_;          // guarded by mu_
  std::size_t sweep_at_ = 64;  // guarded by mu_: at this many, the expired ones are removed
  std::set<IUnknown*> sinks_;  // guarded by mu_
};

// [JS] A callback object of a kind, for Engine::Subscribe. Defined in interfaces.cc.
ObjectRef MakeSink(const std::shared_ptr<ComEngine>& engine, Subscription subscription);

}  // namespace dosvc::com
