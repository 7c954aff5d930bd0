// SPDX-License-Identifier: MIT
//
// The one thread that waits for time to pass: for calls that take too long, for deadlines, for the
// slow poll. It starts with the first need and sleeps as long as nothing is due.
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

// Something that wants to be looked at when time has passed.
class Timed {
 public:
  virtual ~Timed() = default;
  // [clock] Does what is due and says when it wants to be called next, or kNever.
  virtual Time Tick(Time now) = 0;
};

class Clock {
 public:
  // [any] One for the process, never destroyed: no exit path has to wait for it.
  static Clock& Get();

  // [any] Looks at `timed` from now on, as long as somebody owns it.
  void Add(std::weak_ptr<Timed> timed);
  // [any] Makes sure that every Timed is looked at when `at` comes. Costs one load where a look was
  // planned before that anyhow.
  void WakeAt(Time at);

 private:
  Clock() = default;
  bool Start();
  void Run();
  std::vector<std::shared_ptr<Timed>> Alive();

  Mutex mu_;
  Condition wake_;
  std::vector<std::weak_ptr<Timed>> timed_;  // guarded by mu_
  Time wanted_ = kNever;                     // guarded by mu_: asked for since the last look
  std::atomic<Time> planned_{kNever};        // written under mu_
  bool running_ = false;                     // guarded by mu_
};

}  // namespace dosvc
