// SPDX-License-Identifier: MIT

#include "com/sink_guard.h"

#include <objbase.h>

#include <mutex>

#include "core/sync.h"

namespace dosvc::com {
namespace {

// Never destroyed: a thread may still use it while the process exits.
struct Guard {
  static Guard& Get() {
    static Guard* const guard = new Guard();
    return *guard;
  }

  // Call with mu held: disconnecting is local and calls no service.
  void DisconnectWaiting() {
    if (returns > 0) return;
    for (const auto& sink : waiting) CoDisconnectObject(sink.Get(), 0);
    waiting.clear();
  }

  Mutex mu;
  int returns = 0;                      // guarded by mu
  std::list<ComPtr<IUnknown>> waiting;  // guarded by mu
};

}  // namespace

SinkReturn::SinkReturn() {
  auto& guard = Guard::Get();
  std::lock_guard<Mutex> lock(guard.mu);
  ++guard.returns;
}

SinkReturn::~SinkReturn() {
  auto& guard = Guard::Get();
  std::lock_guard<Mutex> lock(guard.mu);
  --guard.returns;
  guard.DisconnectWaiting();
}

void Disconnect(std::list<ComPtr<IUnknown>>& sinks) noexcept {
  auto& guard = Guard::Get();
  std::lock_guard<Mutex> lock(guard.mu);
  guard.waiting.splice(guard.waiting.end(), sinks);
  guard.DisconnectWaiting();
}

}  // namespace dosvc::com
