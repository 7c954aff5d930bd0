// SPDX-License-Identifier: MIT

#include "core/clock.h"

#include <algorithm>
#include <new>

#include "core/thread.h"

namespace dosvc {

// The delay before the next attempt when there was no memory.
constexpr std::chrono::milliseconds kRetryDelay{100};

Clock& Clock::Get() {
  static Clock* const clock = new Clock();
  return *clock;
}

void Clock::Add(std::weak_ptr<Timed> timed) {
  std::lock_guard<Mutex> lock(mu_);
  timed_.push_back(std::move(timed));
}

void Clock::WakeAt(Time at) {
  if (at >= planned_.load(std::memory_order_acquire)) return;
  {
    std::lock_guard<Mutex> lock(mu_);
    if (!running_ && !Start()) return;
    if (at >= wanted_) return;
    wanted_ = at;
  }
  wake_.notify_one();
}

// If the system cannot start a thread, nothing overdue is found until the next WakeAt tries again.
bool Clock::Start() {
  try {
    running_ = BeginThread([this] { Run(); });
  } catch (const std::bad_alloc&) {
    running_ = false;
  }
  return running_;
}

std::vector<std::shared_ptr<Timed>> Clock::Alive() {
  std::vector<std::shared_ptr<Timed>> alive;
  alive.reserve(timed_.size());
  timed_.erase(std::remove_if(timed_.begin(),
                              timed_.end(),
                              [&](const std::weak_ptr<Timed>& timed) {
                                auto owned = timed.lock();
                                if (owned) alive.push_back(std::move(owned));
                                return timed.expired();
                              }),
               timed_.end());
  return alive;
}

// [clock] While the ticks run, nothing counts as planned, so that a concurrent WakeAt is never
// lost.
void Clock::Run() {
  ThreadScope scope(Thread::kClock);
  NameThread("dosvc-clock");
  std::unique_lock<Mutex> lock(mu_);
  for (;;) {
    const Time now = std::chrono::steady_clock::now();
    Time next = kNever;
    std::vector<std::shared_ptr<Timed>> alive;
    try {
      alive = Alive();
    } catch (const std::bad_alloc&) {
      next = now + kRetryDelay;
    }
    lock.unlock();
    for (const auto& timed : alive) next = std::min(next, timed->Tick(now));
    alive.clear();
    lock.lock();
    next = std::min(next, wanted_);
    wanted_ = kNever;
    planned_.store(next, std::memory_order_release);
    const auto asked = [&] { return wanted_ < next; };
    if (next == kNever) {
      wake_.wait(lock, asked);
    } else {
      wake_.wait_until(lock, next, asked);
    }
    planned_.store(kNever, std::memory_order_release);
  }
}

}  // namespace dosvc
