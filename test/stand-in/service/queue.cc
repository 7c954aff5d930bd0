// SPDX-License-Identifier: MIT

#include "stand-in/service/queue.h"

#include <objbase.h>

#include <thread>
#include <utility>

namespace dosvc_stand_in {
namespace {

// How many jobs and downloads transfer at the same time.
constexpr int kWorkers = 8;

}  // namespace

void Queue::Start(std::function<void()> hourly) {
  for (int i = 0; i < kWorkers; ++i) std::thread([this] { Work(); }).detach();
  std::thread([this, hourly = std::move(hourly)] { Watch(hourly); }).detach();
}

void Queue::Add(const std::shared_ptr<Queued>& one,
                bool foreground,
                std::chrono::milliseconds after) {
  const std::lock_guard lock(mutex_);
  const Place place{foreground, next_number_++};
  if (after.count() > 0) {
    later_.emplace(Clock::now() + after, std::make_pair(place, std::weak_ptr(one)));
  } else {
    ready_.emplace(place, one);
  }
  changed_.notify_all();
}

std::shared_ptr<Queued> Queue::Take() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto now = Clock::now();
    while (!later_.empty() && later_.begin()->first <= now) {
      ready_.insert(std::move(later_.begin()->second));
      later_.erase(later_.begin());
    }
    while (!ready_.empty()) {
      const auto next = ready_.begin()->second.lock();
      ready_.erase(ready_.begin());
      if (next) return next;
    }
    if (later_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, later_.begin()->first);
    }
  }
}

void Queue::Work() {
  CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  for (;;) {
    const auto next = Take();
    if (!next->MayBeHeld()) {
      next->Transfer();
      continue;
    }
    std::thread([next] {
      CoInitializeEx(nullptr, COINIT_MULTITHREADED);
      next->Transfer();
      CoUninitialize();
    }).detach();
  }
}

void Queue::Watch(const std::function<void()>& hourly) {
  CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  for (;;) {
    std::this_thread::sleep_for(std::chrono::hours(1));
    hourly();
  }
}

}  // namespace dosvc_stand_in
