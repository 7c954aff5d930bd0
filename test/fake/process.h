// SPDX-License-Identifier: MIT
//
// What all environments of the process share in the fake service: totals that any of them can read,
// and the gate at which calls hang. Never destroyed, so that no exit path has to wait for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace dosvc::fake {

struct Totals {
  std::atomic<int> engines{0};     // alive
  std::atomic<int> objects{0};     // alive, subscriptions among them
  std::atomic<int> unanswered{0};  // questions whose asker got no answer
  std::atomic<int> aborted{0};     // writers that could not write everything

  static Totals& Get() {
    static auto* const totals = new Totals();
    return *totals;
  }
};

// Calls hang here until their own object is freed, or until all that hang at one moment are freed.
class Gate {
 public:
  static Gate& Get() {
    static auto* const gate = new Gate();
    return *gate;
  }

  // [COM]
  void Hang(const bool& free) {
    std::unique_lock<std::mutex> lock(mu_);
    ++hanging_;
    wake_.wait(lock, [&, start = generation_] { return free || generation_ != start; });
    --hanging_;
  }

  // [COM] For good.
  void Free(bool* free) {
    std::lock_guard<std::mutex> lock(mu_);
    *free = true;
    wake_.notify_all();
  }

  // [JS]
  void FreeAll() {
    std::lock_guard<std::mutex> lock(mu_);
    ++generation_;
    wake_.notify_all();
  }

  // [COM]
  int Hanging() {
    std::lock_guard<std::mutex> lock(mu_);
    return hanging_;
  }

 private:
  Gate() = default;

  std::mutex mu_;
  std::condition_variable wake_;
  std::uint32_t generation_ = 0;  // guarded by mu_
  int hanging_ = 0;               // guarded by mu_
};

}  // namespace dosvc::fake
