// SPDX-License-Identifier: MIT
//
// The one thread that waits for time to pass: for calls that take too long and for deadlines. It
// starts when it is first needed and sleeps while nothing is due.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

#include "core/sync.h"

namespace dosvc {

using Time = std::chrono::steady_clock::time_point;
inline constexpr Time kNever = Time::max();

// An object with work that becomes due as time passes.
class Timed {
 public:
  virtual ~Timed() = default;
  // [clock] Does what is due. Returns when to call it next, or kNever.
  virtual Time Tick(Time now) = 0;
};

class Clock {
 public:
  // [any] One for the process. It is never destroyed, so no exit path waits for it.
  static Clock& Get();

  // [any] Ticks `timed` from now on, for as long as its owner keeps it alive.
  void Add(std::weak_ptr<Timed> timed);
  // [any] Ensures that every Timed is ticked at `at`. Costs one load if an earlier tick is planned
  // already.
  void WakeAt(Time at);

 private:
  Clock() = default;
  bool Start();
  void Run();
  std::vector<std::shared_ptr<Timed>> Alive();

  Mutex mu_;
  Condition wake_;
  std::vector<std::weak_ptr<Timed>> timed_;  // guarded by mu_
  Time wanted_ = kNever;                     // guarded by mu_: requested since the last tick
  std::atomic<Time> planned_{kNever};        // written under mu_
  bool running_ = false;                     // guarded by mu_
};

}  // namespace dosvc
